// Four points in vectors of their x and of their y, in the order 0, 2, 1, 3 in which unpacking them leaves them. DX is a
// plane; its cells are kept within the grid whatever the points are, since nothing else checks what is read and written.
// Products and sums are rounded separately, as in Go; fused instructions would give other bits.

#define planeX 0
#define planeY 32
#define planeInverse 64
#define planeLowerX 96
#define planeLowerY 128
#define planeUpperX 160
#define planeUpperY 192
#define planeColumn 224
#define planeRow 240
#define planeStride 256
#define planeNX 272
#define planeScale 280
#define planeOne 312
#define planeInteger 344

// LOAD reads the points at SI into Y0 and Y1.
#define LOAD \
	VMOVUPD (SI), Y2 \
	VMOVUPD 32(SI), Y3 \
	VUNPCKLPD Y3, Y2, Y0 \
	VUNPCKHPD Y3, Y2, Y1

// STORE writes Y4 and Y5 to the points at SI.
#define STORE \
	VUNPCKLPD Y5, Y4, Y6 \
	VUNPCKHPD Y5, Y4, Y7 \
	VMOVUPD Y6, (SI) \
	VMOVUPD Y7, 32(SI)

// NODES writes twice the numbers in X4 to AX, BX, CX and R9.
#define NODES \
	VPADDD X4, X4, X4 \
	VMOVQ X4, AX \
	VPEXTRQ $1, X4, CX \
	MOVQ AX, BX \
	MOVQ CX, R9 \
	SHRQ $32, BX \
	SHRQ $32, R9 \
	MOVL AX, AX \
	MOVL CX, CX

// CELLS writes the fractions of the points in their cells to Y2 and Y3, and twice the lower left nodes to AX, BX, CX and
// R9. X15 is zero.
#define CELLS \
	VSUBPD planeX(DX), Y0, Y2 \
	VSUBPD planeY(DX), Y1, Y3 \
	VMULPD planeInverse(DX), Y2, Y2 \
	VMULPD planeInverse(DX), Y3, Y3 \
	VCVTTPD2DQY Y2, X4 \
	VCVTTPD2DQY Y3, X5 \
	VPMINSD planeColumn(DX), X4, X4 \
	VPMINSD planeRow(DX), X5, X5 \
	VPMAXSD X15, X4, X4 \
	VPMAXSD X15, X5, X5 \
	VCVTDQ2PD X4, Y6 \
	VCVTDQ2PD X5, Y7 \
	VSUBPD Y6, Y2, Y2 \
	VSUBPD Y7, Y3, Y3 \
	VPMULLD planeStride(DX), X5, X5 \
	VPADDD X5, X4, X4 \
	NODES

// BETWEEN writes to TO the values of a field at two points, whose lower left nodes are twice LOW and HIGH, given their
// fractions along x and y in FX and FY. R8 is the field, R10 the field a row further.
#define BETWEEN(LOW, HIGH, FX, FY, TO, XTO) \
	VMOVUPD (R8)(LOW*8), XTO \
	VMOVUPD (R10)(LOW*8), X5 \
	VMOVUPD 16(R8)(LOW*8), X6 \
	VMOVUPD 16(R10)(LOW*8), X7 \
	VINSERTF128 $1, (R8)(HIGH*8), TO, TO \
	VINSERTF128 $1, (R10)(HIGH*8), Y5, Y5 \
	VINSERTF128 $1, 16(R8)(HIGH*8), Y6, Y6 \
	VINSERTF128 $1, 16(R10)(HIGH*8), Y7, Y7 \
	VSUBPD TO, Y5, Y5 \
	VSUBPD Y6, Y7, Y7 \
	VMULPD FY, Y5, Y5 \
	VMULPD FY, Y7, Y7 \
	VADDPD Y5, TO, TO \
	VADDPD Y7, Y6, Y6 \
	VSUBPD TO, Y6, Y6 \
	VMULPD FX, Y6, Y6 \
	VADDPD Y6, TO, TO

// ENDS writes where the field moves the points, clamped to the bounds, to Y4 and Y5, and where it moves them without that
// to Y8 and Y10. A bound takes the place of what is not a number.
#define ENDS \
	VMOVDDUP Y2, Y10 \
	VMOVDDUP Y3, Y11 \
	BETWEEN(AX, CX, Y10, Y11, Y8, X8) \
	VPERMILPD $15, Y2, Y10 \
	VPERMILPD $15, Y3, Y11 \
	BETWEEN(BX, R9, Y10, Y11, Y9, X9) \
	VUNPCKHPD Y9, Y8, Y10 \
	VUNPCKLPD Y9, Y8, Y8 \
	VADDPD Y8, Y0, Y8 \
	VADDPD Y10, Y1, Y10 \
	VMAXPD planeLowerX(DX), Y8, Y4 \
	VMAXPD planeLowerY(DX), Y10, Y5 \
	VMINPD planeUpperX(DX), Y4, Y4 \
	VMINPD planeUpperY(DX), Y5, Y5

// CLAMPED adds the number of ends that are not where the field moves the points to R14.
#define CLAMPED \
	VCMPPD $4, Y4, Y8, Y6 \
	VCMPPD $4, Y5, Y10, Y7 \
	VORPD Y6, Y7, Y6 \
	VMOVMSKPD Y6, R11 \
	POPCNTL R11, R11 \
	ADDQ R11, R14

// ADD adds two pairs of integers to the sums at the node that is half of NODE, and at the one above. R12 are the sums,
// R13 the sums a row further.
#define ADD(NODE, LOWER, UPPER) \
	VPADDQ (R12)(NODE*4), LOWER, X6 \
	VPADDQ (R13)(NODE*4), UPPER, X7 \
	VMOVDQU X6, (R12)(NODE*4) \
	VMOVDQU X7, (R13)(NODE*4)

// ADDEACH adds to the sums at the nodes of NODES and above them: LOWER0 and UPPER0 have the pairs of AX and of CX, LOWER1 and
// UPPER1 those of BX and of R9. Each is named with both of its widths.
#define ADDEACH(XLOWER0, LOWER0, XUPPER0, UPPER0, XLOWER1, LOWER1, XUPPER1, UPPER1) \
	ADD(AX, XLOWER0, XUPPER0) \
	ADD(BX, XLOWER1, XUPPER1) \
	VEXTRACTI128 $1, LOWER0, XLOWER0 \
	VEXTRACTI128 $1, UPPER0, XUPPER0 \
	VEXTRACTI128 $1, LOWER1, XLOWER1 \
	VEXTRACTI128 $1, UPPER1, XUPPER1 \
	ADD(CX, XLOWER0, XUPPER0) \
	ADD(R9, XLOWER1, XUPPER1)

// CHANGES adds to the sums what the weights of the nodes change to first order on the way to the ends, rounded towards 0.
// With planeInteger added, the last bits of a number are the integer.
#define CHANGES \
	VSUBPD Y0, Y4, Y4 \
	VSUBPD Y1, Y5, Y5 \
	VMULPD planeScale(DX), Y4, Y4 \
	VMULPD planeScale(DX), Y5, Y5 \
	VMOVUPD planeOne(DX), Y7 \
	VSUBPD Y3, Y7, Y6 \
	VSUBPD Y2, Y7, Y7 \
	VMULPD Y6, Y4, Y8 /* dx (1 - fy) */ \
	VMULPD Y3, Y4, Y9 /* dx fy */ \
	VMULPD Y7, Y5, Y10 /* dy (1 - fx) */ \
	VMULPD Y2, Y5, Y11 /* dy fx */ \
	VADDPD Y10, Y8, Y4 /* minus that of the lower left node */ \
	VSUBPD Y11, Y8, Y5 \
	VSUBPD Y9, Y10, Y6 \
	VADDPD Y11, Y9, Y7 \
	VROUNDPD $3, Y4, Y4 \
	VROUNDPD $3, Y5, Y5 \
	VROUNDPD $3, Y6, Y6 \
	VROUNDPD $3, Y7, Y7 \
	VMOVUPD planeInteger(DX), Y8 \
	VSUBPD Y4, Y8, Y4 \
	VADDPD Y8, Y5, Y5 \
	VADDPD Y8, Y6, Y6 \
	VADDPD Y8, Y7, Y7 \
	VUNPCKLPD Y5, Y4, Y9 \
	VUNPCKHPD Y5, Y4, Y10 \
	VUNPCKLPD Y7, Y6, Y11 \
	VUNPCKHPD Y7, Y6, Y4 \
	VPSUBQ Y8, Y9, Y9 \
	VPSUBQ Y8, Y10, Y10 \
	VPSUBQ Y8, Y11, Y11 \
	VPSUBQ Y8, Y4, Y4 \
	ADDEACH(X9, Y9, X11, Y11, X10, Y10, X4, Y4)

// FIELD sets R10 to the field at R8, a row further.
#define FIELD \
	MOVQ planeNX(DX), R10 \
	SHLQ $4, R10 \
	ADDQ R8, R10

// SUMS sets R13 to the sums at R12, a row further.
#define SUMS \
	MOVQ planeNX(DX), R13 \
	SHLQ $3, R13 \
	ADDQ R12, R13
