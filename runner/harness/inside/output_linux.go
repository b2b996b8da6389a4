package inside

import (
	"runtime"
	"syscall"
	"unsafe"
)

// takeWrites makes writes to the standard streams arrive as frames.
func takeWrites() { writeHook = writeFrames }

// writeFrames sends p as frames of KindOutput. It allocates nothing, takes no
// lock and may run in any goroutine. It returns false for a descriptor that is
// not a standard stream.
func writeFrames(goroutine uint64, fd int, p []byte) (int, bool) {
	if fd != 1 && fd != 2 {
		return 0, false
	}
	var head [FrameHeader + 32]byte
	h := appendOrigin(head[:FrameHeader], fd, goroutine)
	for sent := 0; sent < len(p); {
		n := min(len(p)-sent, MaxFrame-len(h))
		putHeader(h, KindOutput, false, len(h)-FrameHeader+n)
		if !writePair(h, p[sent:sent+n]) {
			return sent, sent > 0
		}
		sent += n
	}
	return len(p), true
}

// writePair writes two slices at once. Together they are no larger than what a
// pipe takes whole.
func writePair(a, b []byte) bool {
	parts := [2]syscall.Iovec{{Base: &a[0]}, {Base: &b[0]}}
	parts[0].SetLen(len(a))
	parts[1].SetLen(len(b))
	for {
		_, _, errno := syscall.Syscall(syscall.SYS_WRITEV, FrameFD, uintptr(unsafe.Pointer(&parts)), 2)
		runtime.KeepAlive(a)
		runtime.KeepAlive(b)
		if errno != syscall.EINTR {
			return errno == 0
		}
	}
}
