//go:build !soak

package yaegi_test

const soak = false
