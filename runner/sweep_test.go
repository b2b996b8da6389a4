package runner

import (
	"testing"

	"notebook"
)

// TestSerial asks for the serial share at the number of processors that have a
// core each, and for none where no speed-up is shown.
func TestSerial(t *testing.T) {
	model := func(procs int, speedup float64, relation notebook.Relation) notebook.ComparedModel {
		return notebook.ComparedModel{
			Procs: procs, Relation: relation,
			Speedup: notebook.Quotient{Value: speedup, Low: speedup * 0.95, High: speedup * 1.05},
		}
	}
	first := model(1, 1, notebook.RelationBase)
	two := model(2, 1.6, notebook.RelationFaster)
	four := model(4, 1.5, notebook.RelationFaster)
	tests := []struct {
		name   string
		models []notebook.ComparedModel
		noise  []notebook.Noise
		cores  int
		procs  int // 0: no share
	}{
		{"two cores", []notebook.ComparedModel{first, two, four}, nil, 2, 2},
		{"four cores", []notebook.ComparedModel{first, two, four}, nil, 4, 4},
		{"three cores", []notebook.ComparedModel{first, two, four}, nil, 3, 2},
		{"one core", []notebook.ComparedModel{first, two, four}, nil, 1, 0},
		{"noise", []notebook.ComparedModel{first, two}, []notebook.Noise{notebook.NoisyWaiting}, 2, 0},
		{"no speed-up shown", []notebook.ComparedModel{first, model(2, 1.02, notebook.RelationNone)}, nil, 2, 0},
		{"not from one processor on", []notebook.ComparedModel{two, four}, nil, 4, 0},
		{"nothing", nil, nil, 2, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := serial(notebook.Compared{Models: test.models, Noise: test.noise}, test.cores)
			switch {
			case test.procs == 0 && s != nil, test.procs > 0 && (s == nil || s.Procs != test.procs):
				t.Fatalf("got %+v, want one at %d processors", s, test.procs)
			case s != nil && (s.Low >= s.Share || s.Share >= s.High):
				t.Errorf("%+v", s)
			}
		})
	}
}
