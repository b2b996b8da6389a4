//go:build soak

package renderer_test

const payloadStep = 1
