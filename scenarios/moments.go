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
