// Package formula is the language of formulas that users type, with derivatives, and the
// targets made of them.
package formula
