package xray_test

import (
	"os"
	"testing"

	"notebook/runner/leak"
)

func TestMain(m *testing.M) { os.Exit(leak.Tests{M: m}.Run()) }
