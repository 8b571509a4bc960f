package scenarios

// Moments returns the mean of n points and their covariance with divisor n.
func Moments(points []Point) (mean Point, c Cov) {
	n := float64(len(points))
	for _, p := range points {
		mean.X, mean.Y = mean.X+p.X/n, mean.Y+p.Y/n
	}
	for _, p := range points {
		dx, dy := p.X-mean.X, p.Y-mean.Y
		c.XX, c.XY, c.YY = c.XX+dx*dx/n, c.XY+dx*dy/n, c.YY+dy*dy/n
	}
	return mean, c
}

// WeightedMoments returns the weighted mean Σwx/Σw of points and their covariance with divisor Σw.
// The weights are not negative, and at least one is positive; nil stands for equal ones.
func WeightedMoments(points []Point, weights []float64) (mean Point, c Cov) {
	if weights == nil {
		return Moments(points)
	}
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	for i, p := range points {
		w := weights[i] / sum
		mean.X, mean.Y = mean.X+w*p.X, mean.Y+w*p.Y
	}
	for i, p := range points {
		w, dx, dy := weights[i]/sum, p.X-mean.X, p.Y-mean.Y
		c.XX, c.XY, c.YY = c.XX+w*dx*dx, c.XY+w*dx*dy, c.YY+w*dy*dy
	}
	return mean, c
}
