#include "textflag.h"

// Column and row of a point, and their fractions, in one vector of integers. The cell is kept within the grid
// whatever the point is, since nothing else checks what is written.
//
// func spreadAVX2(nodes *int64, points *scenarios.Point, count int, on *cells)
TEXT ·spreadAVX2(SB), NOSPLIT, $0-32
	MOVQ nodes+0(FP), R8
	MOVQ points+8(FP), SI
	MOVQ count+16(FP), DI
	MOVQ on+24(FP), DX
	VMOVUPD 0(DX), X8    // origin
	VMOVUPD 16(DX), X9   // 2¹⁸/spacing
	VMOVDQU 32(DX), X10  // last
	VMOVDQU 48(DX), X11  // mask
	VMOVDQU 64(DX), X12  // one
	VPXOR X13, X13, X13  // first
	MOVQ 80(DX), R9      // nodes of a row
	LEAQ (R8)(R9*8), R10 // the nodes, a row further
	MOVQ $0x1000000000, R11 // 2³⁶, a particle

point:
	VMOVUPD (SI), X0
	VSUBPD X8, X0, X0
	VMULPD X9, X0, X0
	VCVTTPD2DQX X0, X1
	VPMINSD X10, X1, X1
	VPMAXSD X13, X1, X1
	VPSRLD $18, X1, X2  // column, row
	VPAND X11, X1, X1
	VPOR X12, X1, X1    // fractions, never 0
	VMOVQ X2, AX
	MOVQ AX, BX
	SHRQ $32, BX
	MOVL AX, AX
	IMULQ R9, BX
	ADDQ AX, BX
	VMOVQ X1, CX
	MOVQ CX, R12
	SHRQ $32, R12       // of the row
	MOVL CX, CX         // of the column
	MOVQ CX, R13
	IMULQ R12, R13      // both
	SHLQ $18, CX
	SHLQ $18, R12
	MOVQ R11, AX
	SUBQ CX, AX
	SUBQ R12, AX
	ADDQ R13, AX
	SUBQ R13, CX
	SUBQ R13, R12
	ADDQ AX, (R8)(BX*8)
	ADDQ CX, 8(R8)(BX*8)
	ADDQ R12, (R10)(BX*8)
	ADDQ R13, 8(R10)(BX*8)
	ADDQ $16, SI
	DECQ DI
	JNZ  point

	VZEROUPPER
	RET
