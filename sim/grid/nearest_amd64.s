#include "textflag.h"

// Both components of two points in one vector. Differences, quotients and sums are rounded one by one, as in Go. The node
// is kept within the grid whatever the point is.
//
// func nearestAVX2(dst *int32, points *scenarios.Point, groups int, on *nodesOf)
TEXT ·nearestAVX2(SB), NOSPLIT, $0-32
	MOVQ dst+0(FP), DI
	MOVQ points+8(FP), SI
	MOVQ groups+16(FP), CX
	MOVQ on+24(FP), DX
	VMOVUPD 0(DX), Y8     // origin
	VMOVUPD 32(DX), Y9    // spacing
	VMOVUPD 64(DX), Y10   // half
	VMOVDQU 96(DX), X11   // the last column and row
	VMOVDQU 112(DX), X12  // their distances in memory
	VPXOR X13, X13, X13   // the first

group:
	VMOVUPD (SI), Y0
	VSUBPD Y8, Y0, Y0
	VDIVPD Y9, Y0, Y0
	VADDPD Y10, Y0, Y0
	VCVTTPD2DQY Y0, X1
	VPMINSD X11, X1, X1
	VPMAXSD X13, X1, X1
	VPMULLD X12, X1, X1
	VPHADDD X1, X1, X1
	VMOVQ X1, (DI)
	ADDQ $32, SI
	ADDQ $8, DI
	DECQ CX
	JNZ  group

	VZEROUPPER
	RET
