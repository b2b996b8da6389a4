//go:build !soak

package dialect_test

// wholeCorpus makes TestCorpus run all programs.
const wholeCorpus = false
