package compiled

import (
	"slices"
	"testing"
)

func TestToolEnviron(t *testing.T) {
	given := []string{
		"PATH=/bin", "HOME=/home/x", "LC_ALL=C", "LANG=de", "GOCACHE=/c", "GOFLAGS=-tags=x",
		"AWS_SECRET=s", "GODEBUG=panicnil=1", "GOTOOLCHAIN=go1.99", "GOPROXY=https://p", "HTTPS_PROXY=http://p", "GOOS=plan9",
		"PATH=/usr/bin",
	}
	for _, download := range []bool{false, true} {
		got := toolEnviron(given, "/cache", download)
		want := map[string]string{"PATH": "/usr/bin", "LC_ALL": "C", "GOCACHE": "/c", "GOTOOLCHAIN": "local", "GOPROXY": "off", "HTTPS_PROXY": ""}
		if download {
			want["GOPROXY"], want["HTTPS_PROXY"] = "https://p", "http://p"
		}
		for name, value := range want {
			if lookupEnv(got, name) != value {
				t.Errorf("download %v: %s = %q, want %q", download, name, lookupEnv(got, name), value)
			}
		}
		for _, kv := range []string{"AWS_SECRET=s", "GODEBUG=panicnil=1", "GOOS=plan9", "PATH=/bin"} {
			if slices.Contains(got, kv) {
				t.Errorf("download %v: the tools see %s", download, kv)
			}
		}
	}
}

// TestToolEnvironWithoutHome gives the go command folders that it insists on.
func TestToolEnvironWithoutHome(t *testing.T) {
	got := toolEnviron([]string{"PATH=/bin"}, "/cache", false)
	if lookupEnv(got, "GOCACHE") == "" || lookupEnv(got, "GOPATH") == "" {
		t.Errorf("environment = %q", got)
	}
}
