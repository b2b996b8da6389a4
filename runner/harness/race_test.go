package harness

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"notebook"
)

// Each archive in testdata/races holds what the race detector wrote, and the
// verdict that follows.
func TestRaces(t *testing.T) {
	checkVerdicts(t, "races", func(s Setup, text []byte) notebook.Verdict { return s.Races(s.Note.Cell("here"), text) })
}

// checkVerdicts compares verdicts about the first file of each archive in a
// folder of testdata with the second.
func checkVerdicts(t *testing.T, folder string, judge func(Setup, []byte) notebook.Verdict) {
	files, err := filepath.Glob(filepath.Join("testdata", folder, "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no %s: %v", folder, err)
	}
	host := reportHost()
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got, err := json.MarshalIndent(judge(Setup{Note: host.note, Names: host.names.of}, archive.Files[0].Data), "", "\t")
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, '\n')
			if *Update {
				archive.Files[1].Data = got
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(archive.Files[1].Data), string(got)); diff != "" {
				t.Errorf("not as expected (-want +got):\n%s", diff)
			}
		})
	}
}

// FuzzRaces checks that no log is too strange, and that what is found has a text.
func FuzzRaces(f *testing.F) {
	files, err := filepath.Glob("testdata/races/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(archive.Files[0].Data)
	}
	setup := Setup{Note: reportHost().note}
	f.Fuzz(func(t *testing.T, log []byte) {
		v := setup.Races(setup.Note.Cell("here"), log)
		if v.Found != (v.Text != "") || v.Found && !bytes.Contains(log, []byte(raceHeader)) {
			t.Errorf("found %t, text %q", v.Found, v.Text)
		}
	})
}

// A log that looks like many reports costs no more than as much of other text.
func TestRaceLogCost(t *testing.T) {
	for _, family := range []string{
		raceHeader + "\n", raceHeader + "\n" + raceRuler + "\n", raceHeader + "\nRead at 0x1 by goroutine 1:\n",
		raceHeader + "\nRead at 0x1 by goroutine 1:\n  f()\n      note.md:41 +0x1\nPrevious write at 0x1 by goroutine 2:\n" + raceRuler + "\n",
		"Goroutine 1 (running) created at:\n  f()\n", "  f()\n      note.md:41\n",
	} {
		setup := Setup{Note: reportHost().note}
		cost := func(size int) float64 {
			log := bytes.Repeat([]byte(family), size/len(family))
			return testing.AllocsPerRun(1, func() { setup.Races(setup.Note.Cell("here"), log) })
		}
		quarter, whole := cost(64<<10), cost(256<<10)
		if whole > 6*quarter {
			t.Errorf("%q: 64 KB take %.0f allocations, 256 KB take %.0f", family, quarter, whole)
		}
	}
}
