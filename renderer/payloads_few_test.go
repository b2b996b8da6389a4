//go:build !soak

package renderer_test

// payloadStep says which payloads and injections a browser shows: one in so many.
const payloadStep = 4
