//go:build soak

package compiled

const verdictStep = 1
