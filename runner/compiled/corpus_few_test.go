//go:build !soak

package compiled

// indirectStep says which notes of the corpus are built by go build as well: one
// in so many.
const indirectStep = 3
