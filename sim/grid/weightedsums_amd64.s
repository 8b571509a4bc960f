#include "textflag.h"

// Eight vectors of four sums, so that the additions of one do not wait for one another. Products and
// sums are rounded separately, as in Go; a fused instruction would give other bits.
//
// func weightedSumsAVX2(dst, src, taps *float64, stride, count int)
TEXT ·weightedSumsAVX2(SB), NOSPLIT, $0-40
	MOVQ dst+0(FP), DI
	MOVQ src+8(FP), SI
	MOVQ taps+16(FP), DX
	MOVQ stride+24(FP), R8
	MOVQ count+32(FP), CX
	SHLQ $3, R8
	VXORPD Y0, Y0, Y0
	VXORPD Y1, Y1, Y1
	VXORPD Y2, Y2, Y2
	VXORPD Y3, Y3, Y3
	VXORPD Y4, Y4, Y4
	VXORPD Y5, Y5, Y5
	VXORPD Y6, Y6, Y6
	VXORPD Y7, Y7, Y7

tap:
	VBROADCASTSD (DX), Y15
	VMULPD 0(SI), Y15, Y8
	VADDPD Y8, Y0, Y0
	VMULPD 32(SI), Y15, Y9
	VADDPD Y9, Y1, Y1
	VMULPD 64(SI), Y15, Y10
	VADDPD Y10, Y2, Y2
	VMULPD 96(SI), Y15, Y11
	VADDPD Y11, Y3, Y3
	VMULPD 128(SI), Y15, Y12
	VADDPD Y12, Y4, Y4
	VMULPD 160(SI), Y15, Y13
	VADDPD Y13, Y5, Y5
	VMULPD 192(SI), Y15, Y14
	VADDPD Y14, Y6, Y6
	VMULPD 224(SI), Y15, Y8
	VADDPD Y8, Y7, Y7
	ADDQ R8, SI
	ADDQ $8, DX
	DECQ CX
	JNZ  tap

	VMOVUPD Y0, 0(DI)
	VMOVUPD Y1, 32(DI)
	VMOVUPD Y2, 64(DI)
	VMOVUPD Y3, 96(DI)
	VMOVUPD Y4, 128(DI)
	VMOVUPD Y5, 160(DI)
	VMOVUPD Y6, 192(DI)
	VMOVUPD Y7, 224(DI)
	VZEROUPPER
	RET
