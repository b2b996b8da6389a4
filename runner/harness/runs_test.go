package harness_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"notebook"
	"notebook/runner/harness"
	"notebook/runner/process"
)

// A script says which cells run in one process and how:
//
//	run LABEL      runs a cell; what Run returns is part of the journal
//	wake           lets a goroutine that waits go on, and waits for its answer
//	crash          lets it go on, and waits for the end of the process
//	timeout D      sets the time limit of the cells that follow
//	memory SIZE, file-size SIZE, max-output SIZE
//	               set the limits of the process
//
// The archive's file "events" is the journal. At the end the process is closed,
// and no process may be left.
type script struct {
	t         *testing.T
	journal   *journal
	timeout   time.Duration
	cmd       process.Command
	maxOutput notebook.Size
	process   *harness.Process
	toCell    *os.File // a byte wakes a goroutine
	life      *os.File // ends when nothing of the session lives
}

func TestRuns(t *testing.T) {
	files, err := filepath.Glob("testdata/runs/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := play(t, build(t, "session"), string(archive.Comment))
			if *harness.Update {
				archive.Files = []txtar.File{{Name: "events", Data: []byte(got)}}
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if len(archive.Files) != 1 {
				t.Fatalf("%d files in the archive", len(archive.Files))
			}
			if diff := cmp.Diff(string(archive.Files[0].Data), got); diff != "" {
				t.Errorf("events (-want +got):\n%s", diff)
			}
		})
	}
}

// Where it is not known how the runtime keeps labels, runtime/pprof is asked.
func TestRunsWithPprof(t *testing.T) {
	for _, name := range []string{"leak", "framed", "framed-at-once"} {
		archive, err := txtar.ParseFile(filepath.Join("testdata", "runs", name+".txtar"))
		if err != nil {
			t.Fatal(err)
		}
		got := play(t, buildWith(t, "session", "notebook_pprof"), string(archive.Comment))
		if diff := cmp.Diff(string(archive.Files[0].Data), got); diff != "" {
			t.Errorf("%s: events (-want +got):\n%s", name, diff)
		}
	}
}

// play runs a script with a session program and returns the journal.
func play(t *testing.T, program, text string) string {
	t.Helper()
	s := &script{
		t: t, journal: &journal{t: t}, timeout: time.Minute,
		cmd: process.Command{Path: program, Dir: t.TempDir(), Env: []string{"COLOR=red"}},
	}
	var returned strings.Builder
	for line := range strings.Lines(text) {
		verb, arg, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch verb {
		case "", "#":
		case "run":
			if s.process == nil {
				s.start()
			}
			fmt.Fprintf(&returned, "run %s: %s\n", arg, s.run(arg))
		case "wake":
			s.wake(true)
		case "crash":
			s.wake(false)
			<-harness.Done(s.process)
		default:
			s.set(verb, arg)
		}
	}
	s.close()
	return returned.String() + s.journal.String()
}

func (s *script) set(verb, arg string) {
	s.t.Helper()
	var err error
	var size notebook.Size
	if verb == "timeout" {
		s.timeout, err = time.ParseDuration(arg)
	} else {
		size, err = notebook.ParseSize(arg)
	}
	switch verb {
	case "timeout":
	case "memory":
		s.cmd.Limits.Memory = int64(size)
	case "file-size":
		s.cmd.Limits.FileSize = int64(size)
	case "max-output":
		s.maxOutput = size
	default:
		s.t.Fatalf("unknown line %q in a script", verb)
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *script) start() {
	s.t.Helper()
	fromTest, toCell, err := os.Pipe()
	if err != nil {
		s.t.Fatal(err)
	}
	life, held, err := os.Pipe()
	if err != nil {
		s.t.Fatal(err)
	}
	s.toCell, s.life = toCell, life
	s.cmd.ExtraFiles = []*os.File{fromTest, held}
	s.process, err = harness.Start(s.t.Context(), harness.Setup{Note: sessionNote(s.t), Names: sessionNames, MaxOutput: s.maxOutput}, s.cmd)
	if err := errors.Join(err, fromTest.Close(), held.Close()); err != nil {
		s.t.Fatal(err)
	}
}

func (s *script) run(label string) string {
	s.t.Helper()
	cell := sessionNote(s.t).Cell(label)
	if cell == nil {
		s.t.Fatalf("no cell %q", label)
	}
	err := s.process.Run(context.Background(), cell, s.timeout, s.journal.sink)
	if err == nil {
		return "ok"
	}
	return err.Error()
}

func (s *script) wake(answers bool) {
	s.t.Helper()
	if _, err := s.toCell.Write([]byte{1}); err != nil {
		s.t.Fatal(err)
	}
	if answers {
		if _, err := s.life.Read(make([]byte, 1)); err != nil {
			s.t.Fatal(err)
		}
	}
}

// close ends the process and checks that nothing is left of it.
func (s *script) close() {
	s.t.Helper()
	if err := errors.Join(s.process.Close(), s.toCell.Close()); err != nil {
		s.t.Error(err)
	}
	if _, err := io.Copy(io.Discard, s.life); err != nil {
		s.t.Error(err)
	}
	if err := s.life.Close(); err != nil {
		s.t.Error(err)
	}
}
