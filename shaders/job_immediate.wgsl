// The job is passed as immediate data of the dispatch.
var<immediate> job: Job;
