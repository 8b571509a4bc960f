#include "textflag.h"
#include "points_amd64.h"

// Columns and rows of four points, and their fractions, in vectors of integers, in the order 0, 2, 1, 3 in which unpacking
// leaves the points. The cells are kept within the grid whatever the points are, since nothing else checks what is written.
//
// func spreadAVX2(nodes *int64, points *scenarios.Point, groups int, on *cells)
TEXT ·spreadAVX2(SB), NOSPLIT, $0-32
	MOVQ nodes+0(FP), R12
	MOVQ points+8(FP), SI
	MOVQ groups+16(FP), DI
	MOVQ on+24(FP), DX
	VMOVUPD 0(DX), Y8     // x of the first node
	VMOVUPD 32(DX), Y9    // y
	VMOVUPD 64(DX), Y10   // 2¹⁸/spacing
	VMOVDQU 96(DX), X11   // last column
	VMOVDQU 112(DX), X12  // last row
	VMOVDQU 128(DX), X13  // nodes of a row
	VMOVDQU 144(DX), X14  // mask
	VPXOR X15, X15, X15   // first
	MOVQ 192(DX), R13
	LEAQ (R12)(R13*8), R13 // the nodes, a row further

group:
	LOAD
	VSUBPD Y8, Y0, Y0
	VSUBPD Y9, Y1, Y1
	VMULPD Y10, Y0, Y0
	VMULPD Y10, Y1, Y1
	VCVTTPD2DQY Y0, X0
	VCVTTPD2DQY Y1, X1
	VPMINSD X11, X0, X0
	VPMINSD X12, X1, X1
	VPMAXSD X15, X0, X0
	VPMAXSD X15, X1, X1
	VPSRLD $18, X0, X2
	VPSRLD $18, X1, X3
	VPMULLD X13, X3, X3
	VPADDD X3, X2, X4
	NODES
	VPAND X14, X0, X0
	VPAND X14, X1, X1
	VPOR 160(DX), X0, X0 // fractions, never 0
	VPOR 160(DX), X1, X1
	VMOVDQU 176(DX), X2
	VPSUBD X0, X2, X3    // what they leave of one
	VPSUBD X1, X2, X4
	VPMOVZXDQ X0, Y0
	VPMOVZXDQ X1, Y1
	VPMOVZXDQ X3, Y3
	VPMOVZXDQ X4, Y4
	VPMULUDQ Y4, Y3, Y2  // lower left
	VPMULUDQ Y4, Y0, Y5  // lower right
	VPMULUDQ Y1, Y3, Y6  // upper left
	VPMULUDQ Y1, Y0, Y7  // upper right
	VPUNPCKLQDQ Y5, Y2, Y0
	VPUNPCKHQDQ Y5, Y2, Y1
	VPUNPCKLQDQ Y7, Y6, Y2
	VPUNPCKHQDQ Y7, Y6, Y3
	ADDEACH(X0, Y0, X2, Y2, X1, Y1, X3, Y3)
	ADDQ $64, SI
	DECQ DI
	JNZ  group

	VZEROUPPER
	RET
