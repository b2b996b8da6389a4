//go:build !soak

package compiled

// verdictStep says which programs of each kind are run: one in so many.
const verdictStep = 15
