// Command undercurrent shows how a cloud of particles flows to a target
// density, and how the choice of divergence decides where mass goes first.
package main

import (
	"os"

	"undercurrent/ui/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
