#include "textflag.h"

// Four numbers side by side; products and sums are rounded one by one in the order of portable.Logs, so that the bits are
// the same. It ends before the first group with a number that is not positive and normal.
//
// func logsAVX2(dst, src *float64, groups int, table *portable.Logarithm, by *logConstants) (done int)
TEXT ·logsAVX2(SB), NOSPLIT, $0-48
	MOVQ dst+0(FP), DI
	MOVQ src+8(FP), SI
	MOVQ groups+16(FP), CX
	MOVQ table+24(FP), BX
	MOVQ by+32(FP), R8
	VMOVDQU 64(R8), Y15   // bits of the mantissa
	VMOVDQU 96(R8), Y14   // half a distance of the table
	VMOVDQU 128(R8), Y13  // bits of 1
	VMOVDQU 160(R8), Y12  // bits of 2⁵²
	XORQ AX, AX

group:
	CMPQ AX, CX
	JGE done
	VMOVUPD (SI), Y0
	VCMPPD $0x1D, 0(R8), Y0, Y1  // at least the smallest normal number
	VCMPPD $0x12, 32(R8), Y0, Y2 // at most the largest
	VANDPD Y1, Y2, Y2
	VMOVMSKPD Y2, DX
	CMPL DX, $15
	JNE done
	VPSRLQ $52, Y0, Y1
	VPOR Y12, Y1, Y1
	VSUBPD 192(R8), Y1, Y1       // octaves
	VPAND Y15, Y0, Y0
	VPADDQ Y14, Y0, Y2
	VPSRLQ $45, Y2, Y2           // place in the table
	VPOR Y13, Y0, Y0             // z
	VPSLLQ $3, Y2, Y3
	VPSLLQ $4, Y2, Y2
	VPADDQ Y3, Y2, Y2            // of 24 bytes each
	VEXTRACTI128 $1, Y2, X3
	VMOVQ X2, R9
	VPEXTRQ $1, X2, R10
	VMOVQ X3, R11
	VPEXTRQ $1, X3, R12
	VMOVUPD (BX)(R9*1), Y3       // at, inverse and log of each, and what is next
	VMOVUPD (BX)(R10*1), Y4
	VMOVUPD (BX)(R11*1), Y5
	VMOVUPD (BX)(R12*1), Y6
	VUNPCKLPD Y4, Y3, Y7         // at, log
	VUNPCKHPD Y4, Y3, Y3         // inverse
	VUNPCKLPD Y6, Y5, Y4
	VUNPCKHPD Y6, Y5, Y5
	VPERM2F128 $0x20, Y4, Y7, Y6 // at
	VPERM2F128 $0x31, Y4, Y7, Y7 // log
	VPERM2F128 $0x20, Y5, Y3, Y3 // inverse
	VSUBPD Y6, Y0, Y0
	VMULPD Y3, Y0, Y0            // r
	VMULPD Y0, Y0, Y2            // s
	VMULPD 224(R8), Y0, Y3
	VADDPD 256(R8), Y3, Y3
	VMULPD Y3, Y2, Y3            // s (-1/2 + r/3)
	VMULPD 288(R8), Y0, Y4
	VADDPD 320(R8), Y4, Y4
	VMULPD 352(R8), Y2, Y5
	VSUBPD Y5, Y4, Y4            // -1/4 + r/5 - s/6
	VMULPD Y2, Y2, Y2
	VMULPD Y4, Y2, Y2
	VADDPD Y2, Y3, Y3            // p
	VMULPD 384(R8), Y1, Y4
	VADDPD Y7, Y4, Y4
	VMULPD 416(R8), Y1, Y1
	VADDPD Y1, Y3, Y3
	VADDPD Y3, Y0, Y0
	VADDPD Y0, Y4, Y4
	VMOVUPD Y4, (DI)
	ADDQ $32, SI
	ADDQ $32, DI
	INCQ AX
	JMP group

done:
	VZEROUPPER
	MOVQ AX, done+40(FP)
	RET
