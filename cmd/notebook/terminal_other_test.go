//go:build unix && !linux

package main

import "github.com/rogpeppe/go-internal/testscript"

// onTerminal is not there: the scripts skip before they come to it.
func onTerminal(ts *testscript.TestScript, _ bool, _ []string) { ts.Fatalf("needs Linux") }
