// The job comes in a buffer, where there are no immediates.
@group(0) @binding(1) var<uniform> job: Job;
