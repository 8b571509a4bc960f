#include "textflag.h"

// Four numbers side by side. Products, quotients and sums are rounded one by one in the order of the Go code, so that
// the bits are the same. The quotient x/6 is that of a division, which takes three times as long: the product p of x and
// 1/6, rounded, leaves x − 6p, which is exact, and p + (x − 6p)/6 is off by less than 2⁻⁵⁰ of its last place before it is
// rounded, while x/6 is at least 1/12 of it from where rounding changes its direction.

// CONSTANTS reads those at R8.
#define CONSTANTS \
	VMOVUPD 0(R8), Y15 /* distance of knots */ \
	VMOVUPD 32(R8), Y14 /* the knot of 0 */ \
	VMOVUPD 64(R8), Y13 /* 1 */ \
	VMOVUPD 96(R8), Y12 /* 2 */ \
	VMOVUPD 128(R8), Y11 /* 3 */ \
	VMOVUPD 160(R8), Y10 /* 6 */ \
	VMOVUPD 192(R8), Y9 /* the largest number */

// KNOTS writes the second of the four knots around the numbers at SI to X4, and their weights to Y6, Y7, Y5 and Y8. It goes
// to done if the table does not cover one of the numbers.
#define KNOTS \
	VMOVUPD (SI), Y0 \
	VCMPPD $0x12, Y9, Y0, Y1 /* at most the largest */ \
	VDIVPD Y15, Y0, Y2 \
	VADDPD Y14, Y2, Y2 /* x */ \
	VCMPPD $0x1D, Y13, Y2, Y3 /* from the second knot on */ \
	VANDPD Y1, Y3, Y3 \
	VMOVMSKPD Y3, DX \
	CMPL DX, $15 \
	JNE done \
	VCVTTPD2DQY Y2, X4 \
	VPMINSD 288(R8), X4, X4 \
	VPCMPEQD 304(R8), X4, X5 \
	VPCMPEQD 320(R8), X4, X6 \
	VPCMPEQD 336(R8), X4, X7 \
	VPCMPEQD 352(R8), X4, X8 \
	VPADDD X5, X4, X4 /* before a kink: one less */ \
	VPADDD X7, X4, X4 \
	VPSUBD X6, X4, X4 /* at a kink: one more */ \
	VPSUBD X8, X4, X4 \
	VCVTDQ2PD X4, Y5 \
	VSUBPD Y5, Y2, Y6 /* u */ \
	VADDPD Y13, Y6, Y7 /* 1 + u */ \
	VSUBPD Y6, Y13, Y8 /* 1 - u */ \
	VSUBPD Y6, Y12, Y5 /* 2 - u */ \
	VMULPD Y7, Y6, Y0 \
	VMULPD 256(R8), Y0, Y2 \
	VMULPD Y5, Y8, Y1 \
	VMULPD 256(R8), Y1, Y3 \
	VFNMADD231PD Y10, Y2, Y0 /* what is left of a sixth */ \
	VFNMADD231PD Y10, Y3, Y1 \
	VFMADD132PD 256(R8), Y2, Y0 /* a */ \
	VFMADD132PD 256(R8), Y3, Y1 /* b */ \
	VXORPD 224(R8), Y6, Y6 \
	VMULPD Y1, Y6, Y6 /* -u b */ \
	VMULPD Y7, Y11, Y7 \
	VMULPD Y1, Y7, Y7 /* 3 (1 + u) b */ \
	VMULPD Y5, Y11, Y5 \
	VMULPD Y0, Y5, Y5 /* 3 (2 - u) a */ \
	VXORPD 224(R8), Y8, Y8 \
	VMULPD Y0, Y8, Y8 /* -(1 - u) a */

// It ends before the first group that has a number the table does not cover.
//
// func cubicsAVX2(dst, logR, table *float64, groups int, by *cubicConstants) (done int)
TEXT ·cubicsAVX2(SB), NOSPLIT, $0-48
	MOVQ dst+0(FP), DI
	MOVQ logR+8(FP), SI
	MOVQ table+16(FP), BX
	MOVQ groups+24(FP), CX
	MOVQ by+32(FP), R8
	CONSTANTS
	XORQ AX, AX

group:
	CMPQ AX, CX
	JGE done
	KNOTS
	VMOVD X4, R9
	VPEXTRD $1, X4, R10
	VPEXTRD $2, X4, R11
	VPEXTRD $3, X4, R12
	VMOVUPD -8(BX)(R9*8), Y0    // four knots of each number
	VMOVUPD -8(BX)(R10*8), Y1
	VMOVUPD -8(BX)(R11*8), Y2
	VMOVUPD -8(BX)(R12*8), Y3
	VUNPCKLPD Y1, Y0, Y4        // the first and third of two
	VUNPCKHPD Y1, Y0, Y0        // the second and fourth
	VUNPCKLPD Y3, Y2, Y1
	VUNPCKHPD Y3, Y2, Y2
	VPERM2F128 $0x20, Y1, Y4, Y3   // the first of each
	VPERM2F128 $0x31, Y1, Y4, Y4   // the third
	VPERM2F128 $0x20, Y2, Y0, Y1   // the second
	VPERM2F128 $0x31, Y2, Y0, Y0   // the fourth
	VMULPD Y3, Y6, Y6
	VMULPD Y1, Y7, Y7
	VADDPD Y7, Y6, Y6
	VMULPD Y4, Y5, Y5
	VADDPD Y5, Y6, Y6
	VMULPD Y0, Y8, Y8
	VADDPD Y8, Y6, Y6
	VMOVUPD Y6, (DI)
	ADDQ $32, SI
	ADDQ $32, DI
	INCQ AX
	JMP group

done:
	VZEROUPPER
	MOVQ AX, done+40(FP)
	RET

// It ends where cubicsAVX2 does.
//
// func knotsAVX2(dst *aroundKnots, logR *float64, groups int, by *cubicConstants) (done int)
TEXT ·knotsAVX2(SB), NOSPLIT, $0-40
	MOVQ dst+0(FP), DI
	MOVQ logR+8(FP), SI
	MOVQ groups+16(FP), CX
	MOVQ by+24(FP), R8
	CONSTANTS
	XORQ AX, AX

group:
	CMPQ AX, CX
	JGE done
	KNOTS
	VPMOVSXDQ X4, Y4
	VUNPCKLPD Y7, Y6, Y0           // two weights of the first and the third number
	VUNPCKHPD Y7, Y6, Y1           // of the second and the fourth
	VUNPCKLPD Y8, Y5, Y2           // the other two
	VUNPCKHPD Y8, Y5, Y3
	VEXTRACTI128 $1, Y4, X5
	VMOVQ X4, 0(DI)
	VMOVUPD X0, 8(DI)
	VMOVUPD X2, 24(DI)
	VPEXTRQ $1, X4, 40(DI)
	VMOVUPD X1, 48(DI)
	VMOVUPD X3, 64(DI)
	VMOVQ X5, 80(DI)
	VEXTRACTF128 $1, Y0, 88(DI)
	VEXTRACTF128 $1, Y2, 104(DI)
	VPEXTRQ $1, X5, 120(DI)
	VEXTRACTF128 $1, Y1, 128(DI)
	VEXTRACTF128 $1, Y3, 144(DI)
	ADDQ $32, SI
	ADDQ $160, DI
	INCQ AX
	JMP group

done:
	VZEROUPPER
	MOVQ AX, done+32(FP)
	RET
