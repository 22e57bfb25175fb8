package store

import (
	"context"
	"sync"
)

// queue is where submissions wait while others are being committed.
type queue struct {
	waiting chan *submission
	quit    chan struct{}

	gate   sync.RWMutex // held while something is put into waiting
	closed bool         // nothing is any more
}

func newQueue() queue {
	return queue{waiting: make(chan *submission, atMost), quit: make(chan struct{})}
}

// submit puts a record into the queue and never waits itself.
func (q *queue) submit(ctx context.Context, sub *submission) {
	q.gate.RLock()
	if q.closed {
		q.gate.RUnlock()
		sub.answered(storageClosed)
		return
	}
	select {
	case q.waiting <- sub:
		q.gate.RUnlock()
		return
	default:
	}
	go func() { // the disk is far behind
		defer q.gate.RUnlock() // close waits, and whoever commits makes room meanwhile
		select {
		case q.waiting <- sub:
		case <-ctx.Done():
			sub.answered(ctx.Err())
		}
	}()
}

// close lets nothing more in, and has serve end once it is empty.
func (q *queue) close() {
	q.gate.Lock()
	defer q.gate.Unlock()
	if !q.closed {
		q.closed = true
		close(q.quit)
	}
}

// closing tells whether nothing more is let in.
func (q *queue) closing() bool {
	select {
	case <-q.quit:
		return true
	default:
		return false
	}
}

// serve hands on what waits, as much at once as there is, until the queue is closed.
func (q *queue) serve(commit func([]*submission)) {
	for {
		select {
		case first := <-q.waiting:
			commit(q.gather(first))
		case <-q.quit:
			for {
				select {
				case first := <-q.waiting:
					commit(q.gather(first))
				default:
					return
				}
			}
		}
	}
}

// gather is what waits behind the first, as much as one flush is to serve.
func (q *queue) gather(first *submission) []*submission {
	batch, size := []*submission{first}, len(first.row.Payload)
	for len(batch) < atMost && size < atMostBytes {
		select {
		case next := <-q.waiting:
			batch = append(batch, next)
			size += len(next.row.Payload)
		default:
			return batch
		}
	}
	return batch
}
