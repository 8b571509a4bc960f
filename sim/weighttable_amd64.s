#include "textflag.h"

// Four numbers side by side; products and sums are rounded one by one in the order of the Go code, so that the bits are
// the same. The interval is kept within the table whatever the number is, since nothing else checks what is read.
//
// func piecesAVX2(dst, logR *float64, pieces *cubic, groups int, by *pieceConstants)
TEXT ·piecesAVX2(SB), NOSPLIT, $0-40
	MOVQ dst+0(FP), DI
	MOVQ logR+8(FP), SI
	MOVQ pieces+16(FP), BX
	MOVQ groups+24(FP), CX
	MOVQ by+32(FP), R8
	VMOVUPD 0(R8), Y15   // the lowest number
	VMOVUPD 32(R8), Y14  // the highest
	VMOVUPD 64(R8), Y13  // intervals in a unit
	VMOVDQU 96(R8), X12  // the last interval
	VPXOR X11, X11, X11  // the first

group:
	VMOVUPD (SI), Y0
	VMAXPD Y15, Y0, Y0
	VMINPD Y14, Y0, Y0
	VADDPD Y14, Y0, Y0
	VMULPD Y13, Y0, Y0   // u, with the interval
	VCVTTPD2DQY Y0, X1
	VPMINSD X12, X1, X1
	VPMAXSD X11, X1, X1
	VCVTDQ2PD X1, Y2
	VSUBPD Y2, Y0, Y0    // u
	VPSLLD $5, X1, X1
	VMOVD X1, R9
	VPEXTRD $1, X1, R10
	VPEXTRD $2, X1, R11
	VPEXTRD $3, X1, R12
	VMOVUPD (BX)(R9*1), Y1       // a, b, c, d of each
	VMOVUPD (BX)(R10*1), Y2
	VMOVUPD (BX)(R11*1), Y3
	VMOVUPD (BX)(R12*1), Y4
	VUNPCKLPD Y2, Y1, Y5
	VUNPCKHPD Y2, Y1, Y1
	VUNPCKLPD Y4, Y3, Y2
	VUNPCKHPD Y4, Y3, Y3
	VPERM2F128 $0x20, Y2, Y5, Y4 // a
	VPERM2F128 $0x31, Y2, Y5, Y5 // c
	VPERM2F128 $0x20, Y3, Y1, Y2 // b
	VPERM2F128 $0x31, Y3, Y1, Y1 // d
	VMULPD Y0, Y1, Y1
	VADDPD Y1, Y5, Y5
	VMULPD Y0, Y5, Y5
	VADDPD Y5, Y2, Y2
	VMULPD Y0, Y2, Y2
	VADDPD Y2, Y4, Y4
	VMOVUPD Y4, (DI)
	ADDQ $32, SI
	ADDQ $32, DI
	DECQ CX
	JNZ group

	VZEROUPPER
	RET
