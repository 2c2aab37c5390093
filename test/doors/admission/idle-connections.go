// A client with Go's own transport, as the API server has it: HTTP/1.1, idle for up to 90 seconds. It posts, is idle for
// as long as it is told, posts again, and says whether the connection was the same: `4.9 200 reused`.
package main

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"os"
	"strconv"
	"sync"
	"time"
)

func main() {
	url, name := os.Args[1], os.Args[3]
	authority, _ := os.ReadFile(os.Args[2])
	body, _ := os.ReadFile(os.Args[4])
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(authority)
	var all sync.WaitGroup
	for _, seconds := range os.Args[5:] {
		all.Add(1)
		go func() {
			defer all.Done()
			client := &http.Client{Transport: &http.Transport{
				TLSClientConfig: &tls.Config{RootCAs: pool, ServerName: name},
				TLSNextProto:    map[string]func(string, *tls.Conn) http.RoundTripper{},
				IdleConnTimeout: 90 * time.Second, MaxIdleConnsPerHost: 25,
			}}
			post(client, url, body)
			idle, _ := strconv.ParseFloat(seconds, 64)
			time.Sleep(time.Duration(idle * float64(time.Second)))
			fmt.Println(seconds, post(client, url, body))
		}()
	}
	all.Wait()
}

func post(client *http.Client, url string, body []byte) string {
	kept := "new"
	request, _ := http.NewRequest("POST", url, bytes.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	trace := &httptrace.ClientTrace{GotConn: func(info httptrace.GotConnInfo) {
		if info.Reused {
			kept = "reused"
		}
	}}
	response, err := client.Do(request.WithContext(httptrace.WithClientTrace(request.Context(), trace)))
	if err != nil {
		return err.Error()
	}
	defer response.Body.Close()
	io.Copy(io.Discard, response.Body)
	return fmt.Sprint(response.StatusCode, " ", kept)
}
