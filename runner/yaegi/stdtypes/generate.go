//go:build ignore

// Generate writes the export data of the packages of the standard library, or
// of the packages that its arguments name, to a zip archive with one file a
// package. The archive's comment is the Go version.
package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

func main() {
	log.SetFlags(0)
	output := flag.String("o", "std.zip", "`file` to write")
	flag.Parse()
	patterns := flag.Args()
	if len(patterns) == 0 {
		patterns = []string{"std"}
	}
	if err := generate(*output, patterns); err != nil {
		log.Fatalf("generate: %v", err)
	}
}

// generate writes the archive whole or not at all.
func generate(output string, patterns []string) error {
	tmp, err := os.CreateTemp(filepath.Dir(output), ".std-*.zip")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	if err := errors.Join(write(tmp, patterns), tmp.Chmod(0o644), tmp.Close()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), output)
}

func write(w io.Writer, patterns []string) error {
	version, err := goCommand("env", "GOVERSION")
	if err != nil {
		return err
	}
	// Without inlining, the data holds no function bodies but those of generic
	// functions: a quarter less.
	list, err := goCommand(append([]string{
		"list", "-export", "-trimpath", "-gcflags=-l",
		"-f", "{{with .Export}}{{$.ImportPath}}\t{{.}}{{end}}",
	}, patterns...)...)
	if err != nil {
		return err
	}
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(w, flate.BestCompression)
	})
	for line := range strings.Lines(list) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), "\t")
		if !public(path) {
			continue
		}
		if err := add(z, path, file); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	return errors.Join(z.SetComment(strings.TrimSpace(version)), z.Close())
}

// goCommand runs the go command for the platform that the data is made for,
// whatever the user's settings are.
func goCommand(args ...string) (string, error) {
	cmd := exec.Command("go", args...)
	cmd.Env = append(os.Environ(), "GOOS=linux", "GOARCH=amd64", "GOAMD64=v1", "CGO_ENABLED=0",
		"GOFLAGS=", "GOEXPERIMENT=", "GOWORK=off", "GOTOOLCHAIN=local")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	return string(out), err
}

// public reports whether a note can import the package.
func public(path string) bool {
	elements := strings.Split(path, "/")
	return path != "" && elements[0] != "vendor" && !slices.Contains(elements, "internal")
}

func add(z *zip.Writer, path, file string) error {
	object, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	data, err := exportData(object)
	if err != nil {
		return err
	}
	w, err := z.Create(path)
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

const (
	signature  = "!<arch>\n"
	headerSize = 60 // of a member of an ar archive
	dataMarker = "\n$$B\n"
)

// exportData cuts a compiled package down to an archive that holds nothing
// but its export data, without the build id, which differs between builds.
func exportData(object []byte) ([]byte, error) {
	body, ok := bytes.CutPrefix(object, []byte(signature))
	if !ok || len(body) < headerSize || !bytes.HasPrefix(body, []byte("__.PKGDEF")) {
		return nil, errors.New("not a compiled package")
	}
	size, err := strconv.Atoi(strings.TrimSpace(string(body[48:58])))
	if err != nil || size > len(body)-headerSize {
		return nil, errors.New("bad size of the package definition")
	}
	definition := body[headerSize : headerSize+size]
	headers, data, ok := bytes.Cut(definition, []byte(dataMarker))
	if !ok {
		return nil, errors.New("no export data")
	}
	header, _, _ := bytes.Cut(headers, []byte("\n")) // "go object ...", then the build id
	length := len(header) + len(dataMarker) + len(data)
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s%-16s%-12d%-6d%-6d%-8o%-10d`\n", signature, "__.PKGDEF", 0, 0, 0, 0o644, length)
	b.Write(header)
	b.WriteString(dataMarker)
	b.Write(data)
	return b.Bytes(), nil
}
