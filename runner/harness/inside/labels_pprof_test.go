//go:build !go1.26 || go1.27 || notebook_pprof

package inside

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadProfile(t *testing.T) {
	profile := `goroutine profile: total 9
3 @ 0x47d96e 0x45f146
# labels: {"cell":"cell-1"}
#	0x4dc36e	main.main.func1+0xe	/x/main.go:6

1 @ 0x442931
#	0x4c8a30	runtime/pprof.writeRuntimeProfile+0xb0	/x/pprof.go:851

1 @ 0x47d96e
# labels: {"a":"b", "cell":"fan-out", "zz":"q\"x"}
#	0x4dc3ce	main.main.func2.1+0xe	/x/main.go:7

4 @ 0x1
# labels: {"cell":"cell-1", "z":"1"}
`
	want := map[string]uint64{"cell-1": 7, "fan-out": 1}
	if diff := cmp.Diff(want, readProfile([]byte(profile))); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
}
