//go:build ignore

// Record writes the traces of this folder: those of the samples that are named
// as arguments, else of all. Paths are left out of them with
//
//	go run -trimpath testdata/record.go
package main

import (
	"log"
	"os"
	"path/filepath"
	"slices"

	"notebook/runner/xray/internal/samples"
)

func main() {
	for _, s := range samples.All() {
		if len(os.Args) > 1 && !slices.Contains(os.Args[1:], s.Name) {
			continue
		}
		data, err := samples.Record(s)
		if err != nil {
			log.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join("testdata", s.Name+".trace"), data, 0o644); err != nil {
			log.Fatal(err)
		}
	}
}
