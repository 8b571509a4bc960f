export GOMAXPROCS=1 HOR=1000 ITERS=1000 DESC=700 DECAY=0.98
(TRY=grid9 REIN=rms ./try -test.run TestTry > g9.txt; TRY=two-moons REIN=rms  ./try -test.run TestTry > tm.txt   ) &
(TRY=grid9 REIN=none  ./try -test.run TestTry > g9b.txt;   TRY=gmm40 REIN=rms  ./try -test.run TestTry > gm.txt) &
wait
