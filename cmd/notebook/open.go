package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"runtime"
)

// openInBrowser shows a page in the user's browser. It does not go through
// package process, whose children die with this program.
func openInBrowser(page string) error {
	path, err := filepath.Abs(page)
	if err != nil {
		return fmt.Errorf("open the page: %w", err)
	}
	opener := []string{"xdg-open", path}
	switch runtime.GOOS {
	case "darwin":
		opener[0] = "open"
	case "windows":
		opener = []string{"rundll32", "url.dll,FileProtocolHandler", path}
	}
	cmd := exec.Command(opener[0], opener[1:]...) //nolint:forbidigo // has to outlive this program
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("open the page: %w", err)
	}
	return cmd.Process.Release()
}
