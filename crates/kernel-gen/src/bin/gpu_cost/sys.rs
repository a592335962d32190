//! Mesa's RADV compiling for an AMD GPU that is not there: with `RADV_FORCE_FAMILY` set it offers a
//! device on which pipelines can be made, though nothing can run.
#![expect(unsafe_code, reason = "Vulkan's calls")]

use ash::{khr, vk};
use std::ffi::CStr;

/// Any of what can go wrong.
pub type Error = Box<dyn std::error::Error>;

/// What the compiler made of a shader.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// Its own figures, by name.
    pub statistics: Vec<(String, u64)>,
    /// The instructions as text.
    pub assembly: String,
}

/// RADV without a GPU.
pub struct NullDevice {
    /// The GPU that it stands for.
    pub gpu: String,
    /// The driver and its version.
    pub driver: String,
    device: ash::Device,
    executables: khr::pipeline_executable_properties::Device,
    instance: ash::Instance,
    // The library must stay loaded while the others are called.
    _entry: ash::Entry,
}

impl NullDevice {
    /// The device for the family that the environment names.
    ///
    /// # Errors
    /// Where there is no Vulkan, no RADV, or one too old to show what it makes.
    pub fn open() -> Result<Self, Error> {
        // SAFETY: the system's Vulkan loader, whose initialisers have no requirements.
        let entry = unsafe { ash::Entry::load() }
            .map_err(|error| format!("no Vulkan (Debian: libvulkan1): {error}"))?;
        let application = vk::ApplicationInfo::default().api_version(vk::API_VERSION_1_2);
        let info = vk::InstanceCreateInfo::default().application_info(&application);
        // SAFETY: `info` and what it refers to outlive the call.
        let instance = unsafe { entry.create_instance(&info, None) }
            .map_err(|error| format!("no driver (Debian: mesa-vulkan-drivers): {error}"))?;
        match Self::on(entry, instance.clone()) {
            Ok(device) => Ok(device),
            Err(error) => {
                // SAFETY: nothing made from the instance is left where `on` fails.
                unsafe { instance.destroy_instance(None) };
                Err(error)
            }
        }
    }

    fn on(entry: ash::Entry, instance: ash::Instance) -> Result<Self, Error> {
        // SAFETY: the instance is alive.
        let there = unsafe { instance.enumerate_physical_devices() }?;
        let mut found = None;
        for physical in there {
            let mut driver = vk::PhysicalDeviceDriverProperties::default();
            let mut properties = vk::PhysicalDeviceProperties2::default().push_next(&mut driver);
            // SAFETY: `physical` is this instance's; both structures are valid for writes.
            unsafe { instance.get_physical_device_properties2(physical, &mut properties) };
            let gpu = text(&properties.properties.device_name);
            if driver.driver_id == vk::DriverId::MESA_RADV {
                found = Some((physical, gpu, text(&driver.driver_info)));
            }
        }
        let (physical, gpu, driver) =
            found.ok_or("no RADV (Debian: mesa-vulkan-drivers; set RADV_FORCE_FAMILY)")?;

        let mut feature = vk::PhysicalDevicePipelineExecutablePropertiesFeaturesKHR::default()
            .pipeline_executable_info(true);
        let queues = [vk::DeviceQueueCreateInfo::default().queue_priorities(&[1.0])];
        let extensions = [khr::pipeline_executable_properties::NAME.as_ptr()];
        let info = vk::DeviceCreateInfo::default()
            .queue_create_infos(&queues)
            .enabled_extension_names(&extensions)
            .push_next(&mut feature);
        // SAFETY: `physical` is this instance's, `info` outlives the call; a missing extension or
        // feature is an error.
        let device = unsafe { instance.create_device(physical, &info, None) }?;
        let executables = khr::pipeline_executable_properties::Device::new(&instance, &device);
        Ok(Self { gpu, driver, device, executables, instance, _entry: entry })
    }

    /// Compiles a compute shader whose entry point is `scan`, with a storage buffer, a uniform
    /// buffer and 128 bytes of push constants.
    ///
    /// # Errors
    /// What Vulkan says, and where it shows no assembly.
    pub fn compile(&self, spirv: &[u32]) -> Result<Compiled, Error> {
        let device = &self.device;
        let binding = |number, kind| {
            vk::DescriptorSetLayoutBinding::default()
                .binding(number)
                .descriptor_type(kind)
                .descriptor_count(1)
                .stage_flags(vk::ShaderStageFlags::COMPUTE)
        };
        let bindings = [
            binding(0, vk::DescriptorType::STORAGE_BUFFER),
            binding(1, vk::DescriptorType::UNIFORM_BUFFER),
        ];
        let set = vk::DescriptorSetLayoutCreateInfo::default().bindings(&bindings);
        let constants =
            [vk::PushConstantRange::default().stage_flags(vk::ShaderStageFlags::COMPUTE).size(128)];
        let module = vk::ShaderModuleCreateInfo::default().code(spirv);
        // SAFETY: the device is alive; every structure outlives its call; naga has validated the
        // module. What is made is destroyed below, after its last use; where a call in between
        // fails, the process ends with what was made.
        unsafe {
            let set = device.create_descriptor_set_layout(&set, None)?;
            let sets = [set];
            let layout = vk::PipelineLayoutCreateInfo::default()
                .set_layouts(&sets)
                .push_constant_ranges(&constants);
            let layout = device.create_pipeline_layout(&layout, None)?;
            let module = device.create_shader_module(&module, None)?;
            let stage = vk::PipelineShaderStageCreateInfo::default()
                .stage(vk::ShaderStageFlags::COMPUTE)
                .module(module)
                .name(c"scan");
            let flags = vk::PipelineCreateFlags::CAPTURE_STATISTICS_KHR
                | vk::PipelineCreateFlags::CAPTURE_INTERNAL_REPRESENTATIONS_KHR;
            let info =
                vk::ComputePipelineCreateInfo::default().flags(flags).stage(stage).layout(layout);
            let made = device.create_compute_pipelines(vk::PipelineCache::null(), &[info], None);
            let pipeline = made.map_err(|(_, error)| error)?[0];
            let compiled = self.look_at(pipeline);
            device.destroy_pipeline(pipeline, None);
            device.destroy_shader_module(module, None);
            device.destroy_pipeline_layout(layout, None);
            device.destroy_descriptor_set_layout(set, None);
            compiled
        }
    }

    /// The figures and the assembly of a pipeline of this device, made with both `CAPTURE` flags.
    fn look_at(&self, pipeline: vk::Pipeline) -> Result<Compiled, Error> {
        let first = vk::PipelineExecutableInfoKHR::default().pipeline(pipeline);
        // SAFETY: the pipeline is alive and was made with the flag for statistics; a compute
        // pipeline has one executable, the first.
        let statistics = unsafe { self.executables.get_pipeline_executable_statistics(&first) }?;
        let whole = statistics.iter().filter_map(|one| {
            let whole = one.format == vk::PipelineExecutableStatisticFormatKHR::UINT64;
            // SAFETY: `format` says that the value is this member of the union.
            whole.then(|| (text(&one.name), unsafe { one.value.u64 }))
        });
        let statistics = whole.collect();

        // The calls are ash's raw ones: its wrapper cannot be given room for the texts.
        let call = self.executables.fp().get_pipeline_executable_internal_representations_khr;
        let (device, mut count) = (self.device.handle(), 0);
        // SAFETY: as above, with the flag for representations; without room only the number is
        // written.
        unsafe { call(device, &first, &mut count, std::ptr::null_mut()) }.result()?;
        let empty = vk::PipelineExecutableInternalRepresentationKHR::default();
        let mut texts = vec![empty; count as usize];
        // SAFETY: there is room for `count`; without room for the texts their sizes are written.
        unsafe { call(device, &first, &mut count, texts.as_mut_ptr()) }.result()?;
        let mut rooms: Vec<Vec<u8>> = texts.iter().map(|one| vec![0; one.data_size]).collect();
        for (one, room) in texts.iter_mut().zip(&mut rooms) {
            one.p_data = room.as_mut_ptr().cast();
        }
        // SAFETY: each text has the room that its size asks for, which outlives the call.
        unsafe { call(device, &first, &mut count, texts.as_mut_ptr()) }.result()?;
        let assembly = texts.iter().position(|one| text(&one.name) == "Assembly");
        let room = assembly.and_then(|i| CStr::from_bytes_until_nul(&rooms[i]).ok());
        let assembly = room.ok_or("RADV shows no assembly")?.to_string_lossy().into_owned();
        Ok(Compiled { statistics, assembly })
    }
}

impl Drop for NullDevice {
    fn drop(&mut self) {
        // SAFETY: both are alive, what was made from the device is destroyed or given up, and
        // neither is used again.
        unsafe {
            self.device.destroy_device(None);
            self.instance.destroy_instance(None);
        }
    }
}

/// A name of Vulkan: bytes up to a zero, or all.
fn text(name: &[std::ffi::c_char]) -> String {
    let bytes: Vec<u8> = name.iter().map(|c| *c as u8).take_while(|byte| *byte != 0).collect();
    String::from_utf8_lossy(&bytes).into_owned()
}
