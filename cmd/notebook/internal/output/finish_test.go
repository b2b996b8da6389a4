package output

import (
	"io"
	"testing"
	"time"
)

// A process that ends waits for the page that it writes, and begins no other.
func TestFinish(t *testing.T) {
	defer writing.Unlock() // what Finish keeps
	page := Page{Folder: t.TempDir(), Rel: "note.html"}
	w, err := Open([]Page{page})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = w.Close() }()
	begun, goOn, written := make(chan bool), make(chan bool), make(chan error)
	go func() {
		written <- w.Write(page, func(to io.Writer) error {
			close(begun)
			<-goOn
			_, err := io.WriteString(to, "whole")
			return err
		})
	}()
	<-begun
	finished := make(chan bool)
	go func() {
		Finish(time.Minute)
		close(finished)
	}()
	select {
	case <-finished:
		t.Error("it did not wait")
	default:
	}
	close(goOn)
	if err := <-written; err != nil {
		t.Error(err)
	}
	<-finished
}
