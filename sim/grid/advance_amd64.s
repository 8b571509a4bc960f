#include "textflag.h"

// Both components of a point in one vector, and both nodes of a row in a wider one. Products and sums are
// rounded separately, as in Go; a fused instruction would give other bits. The cell is kept within the grid
// whatever the point is, since nothing else checks what is read.
//
// func advanceAVX2(points *scenarios.Point, count int, field *Vector, on *plane) (clamped int)
TEXT ·advanceAVX2(SB), NOSPLIT, $0-40
	MOVQ points+0(FP), SI
	MOVQ count+8(FP), DI
	MOVQ field+16(FP), R8
	MOVQ on+24(FP), DX
	VMOVUPD 0(DX), X8    // origin
	VMOVUPD 16(DX), X9   // 1/spacing
	VMOVUPD 32(DX), X10  // lower bounds
	VMOVUPD 48(DX), X11  // upper bounds
	VMOVDQU 64(DX), X12  // last cell
	VPXOR X13, X13, X13  // first cell
	MOVQ 80(DX), R9      // nodes of a row
	MOVQ R9, R10
	SHLQ $4, R10
	ADDQ R8, R10         // the field, a row further
	XORQ R11, R11        // clamped

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
	ADDQ AX, BX
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
	VADDPD X4, X0, X0
	VMAXPD X10, X0, X1        // the bound if it is not a number
	VMINPD X11, X1, X1
	VMOVUPD X1, (SI)
	VCMPPD $4, X1, X0, X0     // unequal
	VMOVMSKPD X0, CX
	ADDL $3, CX
	SHRL $2, CX
	ADDQ CX, R11
	ADDQ $16, SI
	DECQ DI
	JNZ  point

	MOVQ R11, clamped+32(FP)
	VZEROUPPER
	RET
