package renderer

import (
	"strings"
	"testing"
	"time"

	"notebook"
)

// compared returns a comparison of models that took so long, in ms, each with
// an interval of 10 % around its time.
func compared(winner int, walls ...int) notebook.Compared {
	c := notebook.Compared{Group: "g", Cores: 2, Rounds: 10, Wanted: 10, Winner: winner}
	for i, wall := range walls {
		m := notebook.ComparedModel{Model: string(rune('a' + i)), Runs: 10, Relation: notebook.RelationBase}
		m.Wall = notebook.Spread{Median: time.Duration(wall) * time.Millisecond, Low: 1, High: time.Hour}
		m.Speedup = notebook.Quotient{Value: 1}
		if q := float64(walls[0]) / float64(wall); i > 0 {
			m.Speedup = notebook.Quotient{Value: q, Low: q * 0.8, High: q * 1.25}
			m.Relation = notebook.RelationNone
		}
		c.Models = append(c.Models, m)
	}
	return c
}

func TestComparedSentences(t *testing.T) {
	with := func(c notebook.Compared, change func(*notebook.Compared)) notebook.Compared {
		change(&c)
		return c
	}
	sweep := func(c *notebook.Compared) {
		c.Group = ""
		for i := range c.Models {
			c.Models[i].Model, c.Models[i].Procs = "", i+1
		}
	}
	noisy := func(c *notebook.Compared) { c.Noise = []notebook.Noise{notebook.NoisyWaiting} }
	few := func(c *notebook.Compared) {
		c.Rounds = 3
		for i := range c.Models {
			c.Models[i].Wall.High = 0
		}
	}
	for _, test := range []struct {
		name  string
		c     notebook.Compared
		quick bool
		want  string
	}{
		{"another one wins", compared(1, 100, 20, 50), false, "b is the fastest: 5.00 times as fast as a (4.00 to 6.25)."},
		{"the first one wins", compared(0, 20, 100, 50), false, "a is the fastest: c takes 2.50 times as long (2.00 to 3.12)."},
		{"the first one wins against nothing", with(compared(0, 20, 100), func(c *notebook.Compared) { c.Models[1].Speedup = notebook.Quotient{} }), false, "a is the fastest."},
		{"a winner alone", compared(0, 20), false, "a is the fastest."},
		{"nobody wins", compared(-1, 20, 21), false, "No difference shown in 10 runs each."},
		{"noise", with(compared(-1, 20, 21), noisy), false, "The machine was noisy: most runs of each model waited for cores for more than 10 % of their time. These times are not to be trusted, and no winner is named."},
		{"quick", compared(-1, 20, 21), true, "One run each (--quick): no winner is named."},
		{"few", with(compared(-1, 20, 21), few), false, "Too few runs for an interval, and so for a winner: 3 rounds fitted into the time for measuring, and 6 are needed. Shorter cells would help, or repeat: 6, which allows for a minute."},
		{"few asked for", with(compared(-1, 20, 21), func(c *notebook.Compared) { few(c); c.Wanted = 3 }), false, "Too few runs for an interval, and so for a winner: 3 rounds were asked for, and 6 are needed."},
		{"few good ones", with(compared(-1, 20, 21), func(c *notebook.Compared) { few(c); c.Rounds = 10 }), false, "Too few runs for an interval, and so for a winner: 6 of each have to end as expected."},
		{"a noisy sweep", with(with(compared(-1, 20, 10), sweep), noisy), false, "The machine was noisy: most runs with each GOMAXPROCS waited for cores for more than 10 % of their time. These times are not to be trusted, and no speed-up is named."},
		{"a quick sweep", with(compared(-1, 20, 10), sweep), true, "One run each (--quick): no speed-up is named."},
		{"a short sweep", with(with(compared(-1, 20, 10), sweep), few), false, "Too few runs for an interval, and so for a speed-up: 3 rounds fitted into the time for measuring, and 6 are needed. Shorter cells would help, or repeat: 6, which allows for a minute."},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := strings.Join(comparedSentences(test.c, test.quick), " "); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestMeasuredWords(t *testing.T) {
	c := compared(1, 100, 20)
	c.Control = &notebook.Control{Model: 1, Runs: 10, Quotient: notebook.Quotient{Value: 1.02, Low: 0.9, High: 1.1}}
	for engine, how := range map[string]string{"compiled": "", "yaegi": ", interpreted"} {
		want := "10 rounds in turns on 2 cores" + how + "; medians of wall times with 95 % intervals. Control: b against itself 1.02× (0.90× to 1.10×); without noise 1×."
		if got := measuredWords(c, engine); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

// TestNothingCounts asks for no speed-up where no run of a model counts: nothing
// that looks like a measured 0 stands in the picture or the table.
func TestNothingCounts(t *testing.T) {
	for _, test := range []struct {
		name  string
		group string
		none  int // which model has no run that counts
		shows bool
	}{
		{"sweep, first", "", 0, false},
		{"sweep, second", "", 1, true},
		{"sweep, third", "", 2, true},
		{"group, first", "g", 0, true},
		{"group, second", "g", 1, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := compared(-1, 100, 50, 25)
			c.Group = test.group
			for i := range c.Models {
				m := &c.Models[i]
				m.Procs = i + 1
				if i == test.none {
					m.Runs, m.Wall, m.CPU = 0, notebook.Spread{}, notebook.Spread{}
				}
				if i > 0 && (i == test.none || test.none == 0) {
					m.Speedup, m.Relation = notebook.Quotient{}, notebook.RelationUnknown
				}
			}
			v := cellView{page: &page{result: &notebook.Result{}}, cell: &notebook.Cell{Label: "a"}}
			svg := v.comparedPicture(c, "title")
			if (svg != "") != test.shows || strings.Contains(svg, "0.00×") || strings.Contains(svg, ">0 ns<") {
				t.Errorf("the picture: %q", svg)
			}
			if rows := comparedRows(c); strings.Contains(strings.Join(rows[test.none], "|"), "0 ns") || strings.Contains(strings.Join(rows[test.none], "|"), "0.00×") {
				t.Errorf("the row: %q", rows[test.none])
			}
		})
	}
}
