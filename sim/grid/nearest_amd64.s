#include "textflag.h"
#include "points_amd64.h"

// Columns and rows of four points, in the order 0, 2, 1, 3 in which unpacking leaves them. Products and sums are rounded
// one by one, as in Go. The node is kept within the grid whatever the point is.
//
// func nearestAVX2(dst *int32, points *scenarios.Point, groups int, on *nodesOf)
TEXT ·nearestAVX2(SB), NOSPLIT, $0-32
	MOVQ dst+0(FP), DI
	MOVQ points+8(FP), SI
	MOVQ groups+16(FP), CX
	MOVQ on+24(FP), DX
	VMOVUPD 0(DX), Y8     // x of the first node
	VMOVUPD 32(DX), Y9    // y
	VMOVUPD 64(DX), Y10   // 1/spacing
	VMOVUPD 96(DX), Y11   // half
	VMOVDQU 128(DX), X12  // the last column
	VMOVDQU 144(DX), X13  // the last row
	VMOVDQU 160(DX), X14  // nodes of a row
	VPXOR X15, X15, X15   // the first

group:
	LOAD
	VSUBPD Y8, Y0, Y0
	VSUBPD Y9, Y1, Y1
	VMULPD Y10, Y0, Y0
	VMULPD Y10, Y1, Y1
	VADDPD Y11, Y0, Y0
	VADDPD Y11, Y1, Y1
	VCVTTPD2DQY Y0, X0
	VCVTTPD2DQY Y1, X1
	VPMINSD X12, X0, X0
	VPMINSD X13, X1, X1
	VPMAXSD X15, X0, X0
	VPMAXSD X15, X1, X1
	VPMULLD X14, X1, X1
	VPADDD X1, X0, X0
	VPSHUFD $0xD8, X0, X0 // 0, 1, 2, 3
	VMOVDQU X0, (DI)
	ADDQ $64, SI
	ADDQ $16, DI
	DECQ CX
	JNZ  group

	VZEROUPPER
	RET
