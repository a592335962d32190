// The job comes with the dispatch itself.
var<immediate> job: Job;
