#include "textflag.h"

// The displacement of a point is that of advanceAVX2; see there. Its products with the fractions of the point are rounded
// before their sums, as in Go.
//
// func spreadChangeAVX2(sums *int64, points *scenarios.Point, count int, field *Vector, on *changePlane, move int) (clamped int)
TEXT ·spreadChangeAVX2(SB), NOSPLIT, $0-56
	MOVQ sums+0(FP), R12
	MOVQ points+8(FP), SI
	MOVQ count+16(FP), DI
	MOVQ field+24(FP), R8
	MOVQ on+32(FP), DX
	VMOVUPD 0(DX), X8    // origin
	VMOVUPD 16(DX), X9   // 1/spacing
	VMOVUPD 32(DX), X10  // lower bounds
	VMOVUPD 48(DX), X11  // upper bounds
	VMOVDQU 64(DX), X12  // last cell
	VPXOR X13, X13, X13  // first cell
	MOVQ 80(DX), R9      // nodes of a row
	VMOVUPD 88(DX), X14  // scale
	VMOVUPD 104(DX), X15 // one
	MOVQ R9, R10
	SHLQ $4, R10
	ADDQ R8, R10         // the field, a row further
	LEAQ (R12)(R9*8), R13 // the sums, a row further
	XORQ R14, R14        // clamped

point:
	VMOVUPD (SI), X0
	VSUBPD X8, X0, X1
	VMULPD X9, X1, X1         // u, v
	VCVTTPD2DQX X1, X2
	VPMINSD X12, X2, X2
	VPMAXSD X13, X2, X2       // column, row
	VCVTDQ2PD X2, X3
	VSUBPD X3, X1, X1         // fractions
	VMOVQ X2, AX
	MOVQ AX, BX
	SHRQ $32, BX
	MOVL AX, AX
	IMULQ R9, BX
	ADDQ AX, BX               // the node
	MOVQ BX, R11
	SHLQ $4, BX
	VMOVUPD (R8)(BX*1), Y4    // two nodes
	VMOVUPD (R10)(BX*1), Y5   // and those above
	VUNPCKHPD X1, X1, X6
	VBROADCASTSD X6, Y6       // fraction of the row
	VMOVDDUP X1, X7           // fraction of the column
	VSUBPD Y4, Y5, Y5
	VMULPD Y6, Y5, Y5
	VADDPD Y5, Y4, Y4
	VEXTRACTF128 $1, Y4, X5
	VSUBPD X4, X5, X5
	VMULPD X7, X5, X5
	VADDPD X5, X4, X4         // v(p)
	VADDPD X4, X0, X5
	VMAXPD X10, X5, X2        // the bound if it is not a number
	VMINPD X11, X2, X2
	CMPQ move+40(FP), $0
	JEQ  still
	VMOVUPD X2, (SI)
	VCMPPD $4, X2, X5, X5     // unequal
	VMOVMSKPD X5, CX
	ADDL $3, CX
	SHRL $2, CX
	ADDQ CX, R14

still:
	VSUBPD X0, X2, X2
	VMULPD X14, X2, X2        // dx, dy
	VPERMILPD $1, X1, X1      // fractions of row and column
	VSUBPD X1, X15, X3        // and what they leave of one
	VMULPD X3, X2, X3         // dx (1 - fy), dy (1 - fx)
	VMULPD X1, X2, X4         // dx fy, dy fx
	VPERMILPD $1, X3, X5      // dy (1 - fx)
	VPERMILPD $1, X4, X6      // dy fx
	VADDSD X5, X3, X0
	VCVTTSD2SIQ X0, AX
	SUBQ AX, (R12)(R11*8)
	VSUBSD X6, X3, X0
	VCVTTSD2SIQ X0, BX
	ADDQ BX, 8(R12)(R11*8)
	VSUBSD X4, X5, X0
	VCVTTSD2SIQ X0, CX
	ADDQ CX, (R13)(R11*8)
	VADDSD X6, X4, X0
	VCVTTSD2SIQ X0, DX
	ADDQ DX, 8(R13)(R11*8)
	ADDQ $16, SI
	DECQ DI
	JNZ  point

	MOVQ R14, clamped+48(FP)
	VZEROUPPER
	RET
