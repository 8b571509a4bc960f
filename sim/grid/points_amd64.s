#include "textflag.h"
#include "points_amd64.h"

// func advanceAVX2(points *scenarios.Point, groups int, field *Vector, on *plane) (clamped int)
TEXT ·advanceAVX2(SB), NOSPLIT, $0-40
	MOVQ points+0(FP), SI
	MOVQ groups+8(FP), DI
	MOVQ field+16(FP), R8
	MOVQ on+24(FP), DX
	FIELD
	VPXOR X15, X15, X15
	XORQ R14, R14

group:
	LOAD
	CELLS
	ENDS
	STORE
	CLAMPED
	ADDQ $64, SI
	DECQ DI
	JNZ  group

	MOVQ R14, clamped+32(FP)
	VZEROUPPER
	RET

// func spreadChangeAVX2(sums *int64, points *scenarios.Point, groups int, field *Vector, on *plane)
TEXT ·spreadChangeAVX2(SB), NOSPLIT, $0-40
	MOVQ sums+0(FP), R12
	MOVQ points+8(FP), SI
	MOVQ groups+16(FP), DI
	MOVQ field+24(FP), R8
	MOVQ on+32(FP), DX
	FIELD
	SUMS
	VPXOR X15, X15, X15

group:
	LOAD
	CELLS
	ENDS
	CHANGES
	ADDQ $64, SI
	DECQ DI
	JNZ  group

	VZEROUPPER
	RET

// func advanceWithChangeAVX2(sums *int64, points *scenarios.Point, groups int, field *Vector, on *plane) (clamped int)
TEXT ·advanceWithChangeAVX2(SB), NOSPLIT, $0-48
	MOVQ sums+0(FP), R12
	MOVQ points+8(FP), SI
	MOVQ groups+16(FP), DI
	MOVQ field+24(FP), R8
	MOVQ on+32(FP), DX
	FIELD
	SUMS
	VPXOR X15, X15, X15
	XORQ R14, R14

group:
	LOAD
	CELLS
	ENDS
	STORE
	CLAMPED
	CHANGES
	ADDQ $64, SI
	DECQ DI
	JNZ  group

	MOVQ R14, clamped+40(FP)
	VZEROUPPER
	RET
