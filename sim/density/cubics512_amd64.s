#include "textflag.h"

// cubicsAVX2 with eight numbers side by side: the same products, quotients and sums.
//
// func cubicsAVX512(dst, logR, table *float64, groups int, by *cubicConstants) (done int)
TEXT ·cubicsAVX512(SB), NOSPLIT, $0-48
	MOVQ dst+0(FP), DI
	MOVQ logR+8(FP), SI
	MOVQ table+16(FP), BX
	MOVQ groups+24(FP), CX
	MOVQ by+32(FP), R8
	VBROADCASTSD 0(R8), Z16    // distance of knots
	VBROADCASTSD 32(R8), Z17   // the knot of 0
	VBROADCASTSD 64(R8), Z18   // 1
	VBROADCASTSD 96(R8), Z19   // 2
	VBROADCASTSD 128(R8), Z20  // 3
	VBROADCASTSD 160(R8), Z21  // 6
	VBROADCASTSD 192(R8), Z22  // the largest number
	VBROADCASTSD 224(R8), Z23  // the sign
	VBROADCASTSD 256(R8), Z24  // 1/6
	VPBROADCASTD 288(R8), Y25  // the last interval
	VPBROADCASTD 304(R8), Y26  // the intervals before and at the kinks
	VPBROADCASTD 320(R8), Y27
	VPBROADCASTD 336(R8), Y28
	VPBROADCASTD 352(R8), Y29
	MOVL $1, DX
	VPBROADCASTD DX, Y30
	XORQ AX, AX

group:
	CMPQ AX, CX
	JGE done
	VMOVUPD (SI), Z0
	VCMPPD $0x12, Z22, Z0, K1     // at most the largest
	VDIVPD Z16, Z0, Z2
	VADDPD Z17, Z2, Z2            // x
	VCMPPD $0x1D, Z18, Z2, K1, K2 // from the second knot on
	KMOVW K2, DX
	CMPL DX, $255
	JNE done
	VCVTTPD2DQ Z2, Y4
	VPMINSD Y25, Y4, Y4
	VPCMPEQD Y26, Y4, K1
	VPCMPEQD Y28, Y4, K2
	VPCMPEQD Y27, Y4, K3
	VPCMPEQD Y29, Y4, K4
	VPSUBD Y30, Y4, K1, Y4        // before a kink: one less
	VPSUBD Y30, Y4, K2, Y4
	VPADDD Y30, Y4, K3, Y4        // at a kink: one more
	VPADDD Y30, Y4, K4, Y4
	VCVTDQ2PD Y4, Z5
	VSUBPD Z5, Z2, Z6             // u
	VADDPD Z18, Z6, Z7            // 1 + u
	VSUBPD Z6, Z18, Z8            // 1 - u
	VSUBPD Z6, Z19, Z5            // 2 - u
	VMULPD Z7, Z6, Z0
	VMULPD Z24, Z0, Z2
	VMULPD Z5, Z8, Z1
	VMULPD Z24, Z1, Z3
	VFNMADD231PD Z21, Z2, Z0      // what is left of a sixth
	VFNMADD231PD Z21, Z3, Z1
	VFMADD132PD Z24, Z2, Z0       // a
	VFMADD132PD Z24, Z3, Z1       // b
	VPXORQ Z23, Z6, Z6
	VMULPD Z1, Z6, Z6             // -u b
	VMULPD Z7, Z20, Z7
	VMULPD Z1, Z7, Z7             // 3 (1 + u) b
	VMULPD Z5, Z20, Z5
	VMULPD Z0, Z5, Z5             // 3 (2 - u) a
	VPXORQ Z23, Z8, Z8
	VMULPD Z0, Z8, Z8             // -(1 - u) a
	VEXTRACTI128 $1, Y4, X3
	VMOVQ X4, DX
	VPEXTRQ $1, X4, R10
	VMOVQ X3, R12
	VPEXTRQ $1, X3, R14
	MOVQ DX, R9
	MOVQ R10, R11
	MOVQ R12, R13
	MOVQ R14, R15
	MOVL DX, DX
	MOVL R10, R10
	MOVL R12, R12
	MOVL R14, R14
	SHRQ $32, R9
	SHRQ $32, R11
	SHRQ $32, R13
	SHRQ $32, R15
	VMOVUPD -8(BX)(DX*8), Y0      // four knots of the numbers 0 and 2, and so on
	VMOVUPD -8(BX)(R9*8), Y1
	VMOVUPD -8(BX)(R12*8), Y2
	VMOVUPD -8(BX)(R13*8), Y3
	VINSERTF64X4 $1, -8(BX)(R10*8), Z0, Z0
	VINSERTF64X4 $1, -8(BX)(R11*8), Z1, Z1
	VINSERTF64X4 $1, -8(BX)(R14*8), Z2, Z2
	VINSERTF64X4 $1, -8(BX)(R15*8), Z3, Z3
	VUNPCKLPD Z1, Z0, Z9          // the first and third of two
	VUNPCKHPD Z1, Z0, Z10         // the second and fourth
	VUNPCKLPD Z3, Z2, Z11
	VUNPCKHPD Z3, Z2, Z12
	VSHUFF64X2 $0x88, Z11, Z9, Z0   // the first of each
	VSHUFF64X2 $0x88, Z12, Z10, Z1  // the second
	VSHUFF64X2 $0xDD, Z11, Z9, Z2   // the third
	VSHUFF64X2 $0xDD, Z12, Z10, Z3  // the fourth
	VMULPD Z0, Z6, Z6
	VMULPD Z1, Z7, Z7
	VADDPD Z7, Z6, Z6
	VMULPD Z2, Z5, Z5
	VADDPD Z5, Z6, Z6
	VMULPD Z3, Z8, Z8
	VADDPD Z8, Z6, Z6
	VMOVUPD Z6, (DI)
	ADDQ $64, SI
	ADDQ $64, DI
	INCQ AX
	JMP group

done:
	VZEROUPPER
	MOVQ AX, done+40(FP)
	RET
