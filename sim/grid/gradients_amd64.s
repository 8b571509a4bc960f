#include "textflag.h"

// ROWS reads the arguments. Y15 and Y14 are inv and near; SI is at the nodes, whose size is a power of two, R8 and R9 one
// row and two rows up, R10 and R11 down.
#define ROWS(power) \
	MOVQ dst+0(FP), DI \
	MOVQ values+8(FP), SI \
	MOVQ nx+16(FP), AX \
	MOVQ groups+24(FP), CX \
	MOVQ by+32(FP), DX \
	VBROADCASTSD 0(DX), Y15 \
	VBROADCASTSD 8(DX), Y14 \
	SHLQ $power, AX \
	LEAQ (SI)(AX*1), R8 \
	LEAQ (R8)(AX*1), R9 \
	MOVQ SI, R10 \
	SUBQ AX, R10 \
	MOVQ R10, R11 \
	SUBQ AX, R11

// NEXT goes on to the next four nodes, of so many bytes.
#define NEXT(bytes) \
	ADDQ $bytes, SI \
	ADDQ $bytes, R8 \
	ADDQ $bytes, R9 \
	ADDQ $bytes, R10 \
	ADDQ $bytes, R11 \
	DECQ CX

// VECTORS writes four vectors of the components Y0 and Y6.
#define VECTORS \
	VUNPCKLPD Y6, Y0, Y1 \
	VUNPCKHPD Y6, Y0, Y2 \
	VPERM2F128 $0x20, Y2, Y1, Y3 \
	VPERM2F128 $0x31, Y2, Y1, Y4 \
	VMOVUPD Y3, (DI) \
	VMOVUPD Y4, 32(DI) \
	ADDQ $64, DI

// Four nodes side by side; differences, products and sums are rounded one by one in the order of the Go code, so that
// the bits are the same.
//
// func gradientsAVX2(dst *Vector, values *float64, nx, groups int, by *stencil)
TEXT ·gradientsAVX2(SB), NOSPLIT, $0-40
	ROWS(3)
	VBROADCASTSD 16(DX), Y13  // far
	VBROADCASTSD 24(DX), Y12  // diagonal

group:
	VMOVUPD 8(SI), Y0
	VSUBPD -8(SI), Y0, Y0
	VMULPD Y14, Y0, Y0
	VMOVUPD 16(SI), Y1
	VSUBPD -16(SI), Y1, Y1
	VMULPD Y13, Y1, Y1
	VSUBPD Y1, Y0, Y0
	VMOVUPD 8(R8), Y2         // above, to the right
	VMOVUPD -8(R8), Y3        // to the left
	VMOVUPD 8(R10), Y4        // below, to the right
	VMOVUPD -8(R10), Y5
	VSUBPD Y3, Y2, Y1
	VADDPD Y4, Y1, Y1
	VSUBPD Y5, Y1, Y1
	VMULPD Y12, Y1, Y1
	VSUBPD Y1, Y0, Y0
	VMULPD Y15, Y0, Y0        // x
	VMOVUPD (R8), Y6
	VSUBPD (R10), Y6, Y6
	VMULPD Y14, Y6, Y6
	VMOVUPD (R9), Y7
	VSUBPD (R11), Y7, Y7
	VMULPD Y13, Y7, Y7
	VSUBPD Y7, Y6, Y6
	VSUBPD Y4, Y2, Y2
	VADDPD Y3, Y2, Y2
	VSUBPD Y5, Y2, Y2
	VMULPD Y12, Y2, Y2
	VSUBPD Y2, Y6, Y6
	VMULPD Y15, Y6, Y6        // y
	VECTORS
	NEXT(32)
	JNZ group

	VZEROUPPER
	RET

// func derivativesAVX2(dst *Vector, values *float64, nx, groups int, by *stencil)
TEXT ·derivativesAVX2(SB), NOSPLIT, $0-40
	ROWS(3)

group:
	VMOVUPD 8(SI), Y0
	VSUBPD -8(SI), Y0, Y0
	VMULPD Y14, Y0, Y0
	VMOVUPD 16(SI), Y1
	VSUBPD -16(SI), Y1, Y1
	VSUBPD Y1, Y0, Y0
	VMULPD Y15, Y0, Y0        // x
	VMOVUPD (R8), Y6
	VSUBPD (R10), Y6, Y6
	VMULPD Y14, Y6, Y6
	VMOVUPD (R9), Y7
	VSUBPD (R11), Y7, Y7
	VSUBPD Y7, Y6, Y6
	VMULPD Y15, Y6, Y6        // y
	VECTORS
	NEXT(32)
	JNZ group

	VZEROUPPER
	RET

// func laplaciansAVX2(dst, values *float64, nx, groups int, by *stencil)
TEXT ·laplaciansAVX2(SB), NOSPLIT, $0-40
	ROWS(3)
	VBROADCASTSD 16(DX), Y13  // far

group:
	VMOVUPD -8(SI), Y0
	VADDPD 8(SI), Y0, Y0
	VADDPD (R10), Y0, Y0
	VADDPD (R8), Y0, Y0
	VMULPD Y14, Y0, Y0
	VMOVUPD -16(SI), Y1
	VADDPD 16(SI), Y1, Y1
	VADDPD (R11), Y1, Y1
	VADDPD (R9), Y1, Y1
	VSUBPD Y1, Y0, Y0
	VMULPD (SI), Y13, Y1
	VSUBPD Y1, Y0, Y0
	VDIVPD Y15, Y0, Y0
	VMOVUPD Y0, (DI)
	ADDQ $32, DI
	NEXT(32)
	JNZ group

	VZEROUPPER
	RET

// X and Y of four vectors are in the order of the first, third, second and fourth until the end.
//
// func divergencesAVX2(dst *float64, values *Vector, nx, groups int, by *stencil)
TEXT ·divergencesAVX2(SB), NOSPLIT, $0-40
	ROWS(4)

group:
	VMOVUPD 16(SI), Y0        // to the right
	VUNPCKLPD 48(SI), Y0, Y0  // x
	VMOVUPD -16(SI), Y1       // to the left
	VUNPCKLPD 16(SI), Y1, Y1
	VSUBPD Y1, Y0, Y0
	VMOVUPD (R8), Y1          // above
	VUNPCKHPD 32(R8), Y1, Y1  // y
	VADDPD Y1, Y0, Y0
	VMOVUPD (R10), Y1         // below
	VUNPCKHPD 32(R10), Y1, Y1
	VSUBPD Y1, Y0, Y0
	VMULPD Y14, Y0, Y0
	VMOVUPD 32(SI), Y2        // the same, two nodes away
	VUNPCKLPD 64(SI), Y2, Y2
	VMOVUPD -32(SI), Y1
	VUNPCKLPD (SI), Y1, Y1
	VSUBPD Y1, Y2, Y2
	VMOVUPD (R9), Y1
	VUNPCKHPD 32(R9), Y1, Y1
	VADDPD Y1, Y2, Y2
	VMOVUPD (R11), Y1
	VUNPCKHPD 32(R11), Y1, Y1
	VSUBPD Y1, Y2, Y2
	VSUBPD Y2, Y0, Y0
	VDIVPD Y15, Y0, Y0
	VPERMPD $0xD8, Y0, Y0
	VMOVUPD Y0, (DI)
	ADDQ $32, DI
	NEXT(64)
	JNZ group

	VZEROUPPER
	RET
