package draws

// A Parquet file describes itself in the compact protocol of Thrift. The library makes room for as many bytes, and passes over
// as many items, as that says, whether they are there or not.

// maxDepth bounds the structures within each other.
const maxDepth = 32

// The types of values in the compact protocol.
const (
	thriftTrue = iota + 1
	thriftFalse
	thriftByte
	thriftInt16
	thriftInt32
	thriftInt64
	thriftDouble
	thriftBinary
	thriftList
	thriftSet
	thriftMap
	thriftStruct
)

// structSize is the number of bytes of a structure at the beginning of data; ok is false if it is not whole.
func structSize(data []byte) (n int, ok bool) {
	s := thriftScan{rest: data, ok: true}
	s.structure(0)
	return len(data) - len(s.rest), s.ok
}

// thriftScan passes over values.
type thriftScan struct {
	rest []byte
	ok   bool
}

// skip passes over a number of bytes.
func (s *thriftScan) skip(n uint64) {
	if n > uint64(len(s.rest)) {
		s.rest, s.ok = nil, false
		return
	}
	s.rest = s.rest[n:]
}

// next is the next byte, 0 if there is none.
func (s *thriftScan) next() (b byte) {
	if len(s.rest) > 0 {
		b = s.rest[0]
	}
	s.skip(1)
	return b
}

// number is a number of seven bits a byte.
func (s *thriftScan) number() (v uint64) {
	const maxBits = 64
	for shift := 0; shift < maxBits; shift += 7 {
		b := s.next()
		v |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return v
		}
	}
	s.ok = false
	return 0
}

// structure passes over the fields of a structure, each with a byte of its type and the distance of its number.
func (s *thriftScan) structure(depth int) {
	for s.ok {
		head := s.next()
		if head == 0 {
			return
		}
		if head>>4 == 0 {
			s.number()
		}
		if kind := head & 0xf; kind != thriftTrue && kind != thriftFalse {
			s.value(kind, depth)
		}
	}
}

// value passes over a value that is no truth value of a field.
func (s *thriftScan) value(kind byte, depth int) {
	switch kind {
	case thriftTrue, thriftFalse, thriftByte:
		s.skip(1)
	case thriftInt16, thriftInt32, thriftInt64:
		s.number()
	case thriftDouble:
		s.skip(8)
	case thriftBinary:
		s.skip(s.number())
	case thriftList, thriftSet:
		head := s.next()
		n := uint64(head >> 4)
		if n == 0xf {
			n = s.number()
		}
		s.items(n, depth, head&0xf)
	case thriftMap:
		if n := s.number(); n > 0 {
			kinds := s.next()
			s.items(n, depth, kinds>>4, kinds&0xf)
		}
	case thriftStruct:
		if depth == maxDepth {
			s.ok = false
			return
		}
		s.structure(depth + 1)
	default:
		s.ok = false
	}
}

// items passes over a number of items, each of which has a value of each kind, and so at least a byte.
func (s *thriftScan) items(n uint64, depth int, kinds ...byte) {
	if n > uint64(len(s.rest)) || depth == maxDepth {
		s.ok = false
	}
	for ; n > 0 && s.ok; n-- {
		for _, kind := range kinds {
			s.value(kind, depth+1)
		}
	}
}
