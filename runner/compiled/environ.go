package compiled

import (
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// toolVariables are the environment variables that a tool of the toolchain
// may see. A name with a final * stands for every name that begins so.
var toolVariables = []string{
	"PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_*", "XDG_CACHE_HOME", "XDG_CONFIG_HOME",
	"CC", "GOCACHE", "GOENV", "GOEXPERIMENT", "GOFLAGS", "GOMODCACHE", "GOPATH", "GOROOT", "GOWORK", archVariable(),
	"SystemRoot", "LocalAppData", "AppData", "USERPROFILE",
}

// downloadVariables are those that it may see besides when it may download.
var downloadVariables = []string{
	"GOPROXY", "GONOPROXY", "GOPRIVATE", "GOSUMDB", "GONOSUMDB", "GOINSECURE", "GOAUTH", "GOVCS", "NETRC",
	"HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy",
	"SSL_CERT_FILE", "SSL_CERT_DIR", "SSH_AUTH_SOCK", "GIT_*",
}

// toolEnviron returns the environment of the go command: the listed variables
// of environ, no other toolchain than the one asked, no network unless
// download is set. Without a home for Go's build cache it lies in cache.
func toolEnviron(environ []string, cache string, download bool) []string {
	allowed := toolVariables
	if download {
		allowed = slices.Concat(allowed, downloadVariables)
	}
	var out []string
	for _, kv := range environ {
		name, value, _ := strings.Cut(kv, "=")
		if slices.ContainsFunc(allowed, func(pattern string) bool { return matches(pattern, name) }) {
			out = setEnv(out, name, value)
		}
	}
	out = setEnv(out, "GOTOOLCHAIN", "local")
	out = setEnv(out, "GO111MODULE", "on")
	out = setEnv(out, "GOOS", runtime.GOOS)
	out = setEnv(out, "GOARCH", runtime.GOARCH)
	out = setEnv(out, "GOFIPS140", "off")
	if !download {
		out = setEnv(out, "GOPROXY", "off")
	}
	if lookupEnv(out, "HOME") == "" && lookupEnv(out, "XDG_CACHE_HOME") == "" && lookupEnv(out, "GOCACHE") == "" {
		out = setEnv(out, "GOCACHE", filepath.Join(cache, "go-build"))
	}
	if lookupEnv(out, "HOME") == "" && lookupEnv(out, "GOPATH") == "" {
		out = setEnv(out, "GOPATH", filepath.Join(cache, "go"))
	}
	return out
}

// tempVariable names the variable that tells programs where temporary files go.
// What a killed go command leaves goes with the folder of the run.
func tempVariable() string {
	if runtime.GOOS == "windows" {
		return "TMP"
	}
	return "TMPDIR"
}

// keyEnviron returns what of a tool's environment can change its result.
func keyEnviron(environ []string) []string {
	return slices.DeleteFunc(slices.Sorted(slices.Values(environ)), func(kv string) bool {
		name, _, _ := strings.Cut(kv, "=")
		return !strings.HasPrefix(name, "GO") && !slices.Contains([]string{"CC", "CGO_ENABLED", "HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"}, name)
	})
}

func matches(pattern, name string) bool {
	if prefix, ok := strings.CutSuffix(pattern, "*"); ok {
		return strings.HasPrefix(name, prefix)
	}
	return pattern == name
}

// lookupEnv returns the value of a variable of environ, or "".
func lookupEnv(environ []string, name string) string {
	for _, kv := range slices.Backward(environ) {
		if value, ok := strings.CutPrefix(kv, name+"="); ok {
			return value
		}
	}
	return ""
}

// setEnv returns environ with the variable set, once.
func setEnv(environ []string, name, value string) []string {
	environ = slices.DeleteFunc(environ, func(kv string) bool { return strings.HasPrefix(kv, name+"=") })
	return append(environ, name+"="+value)
}
