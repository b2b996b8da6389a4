//go:build soak

package compiled

const indirectStep = 1
