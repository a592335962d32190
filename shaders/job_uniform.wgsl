// The job is passed in a uniform buffer, for devices without immediate data.
@group(0) @binding(1) var<uniform> job: Job;
