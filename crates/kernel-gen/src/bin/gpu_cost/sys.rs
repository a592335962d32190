//! Compiles with Mesa's RADV for an AMD GPU that is not present: with `RADV_FORCE_FAMILY` set, RADV
//! offers a device on which pipelines can be created but not executed.
#![expect(unsafe_code, reason = "Vulkan calls")]

use ash::{khr, vk};
use std::ffi::CStr;

/// Any error.
pub type Error = Box<dyn std::error::Error>;

/// A compiled shader.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The compiler's statistics, by name.
    pub statistics: Vec<(String, u64)>,
    /// The assembly text.
    pub assembly: String,
}

/// A RADV device without a GPU.
pub struct NullDevice {
    /// The GPU for which it compiles.
    pub gpu: String,
    /// The driver and its version.
    pub driver: String,
    device: ash::Device,
    executables: khr::pipeline_executable_properties::Device,
    instance: ash::Instance,
    // The library must stay loaded while the other objects are used.
    _entry: ash::Entry,
}

impl NullDevice {
    /// Opens the device for the family in `RADV_FORCE_FAMILY`.
    ///
    /// # Errors
    /// If Vulkan or RADV is missing, or RADV is too old to export its assembly.
    pub fn open() -> Result<Self, Error> {
        // SAFETY: the system's Vulkan loader, whose initialisers have no requirements.
        let entry = unsafe { ash::Entry::load() }
            .map_err(|error| format!("no Vulkan (Debian: libvulkan1): {error}"))?;
        let application = vk::ApplicationInfo::default().api_version(vk::API_VERSION_1_2);
        let info = vk::InstanceCreateInfo::default().application_info(&application);
        // SAFETY: `info` and what it refers to outlive the call.
        let instance = unsafe { entry.create_instance(&info, None) }
            .map_err(|error| format!("no driver (Debian: mesa-vulkan-drivers): {error}"))?;
        match Self::with_instance(entry, instance.clone()) {
            Ok(device) => Ok(device),
            Err(error) => {
                // SAFETY: nothing created from the instance is left if `with_instance` fails.
                unsafe { instance.destroy_instance(None) };
                Err(error)
            }
        }
    }

    fn with_instance(entry: ash::Entry, instance: ash::Instance) -> Result<Self, Error> {
        // SAFETY: the instance is alive.
        let devices = unsafe { instance.enumerate_physical_devices() }?;
        let mut found = None;
        for physical in devices {
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
    /// Vulkan's error, or that the driver provides no assembly.
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
        // module. All objects are destroyed below, after their last use; if a call in between
        // fails, the process ends with the objects that exist.
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
            let created = device.create_compute_pipelines(vk::PipelineCache::null(), &[info], None);
            let pipeline = created.map_err(|(_, error)| error)?[0];
            let compiled = self.statistics_and_assembly(pipeline);
            device.destroy_pipeline(pipeline, None);
            device.destroy_shader_module(module, None);
            device.destroy_pipeline_layout(layout, None);
            device.destroy_descriptor_set_layout(set, None);
            compiled
        }
    }

    /// The statistics and the assembly of a pipeline of this device, created with both `CAPTURE`
    /// flags.
    fn statistics_and_assembly(&self, pipeline: vk::Pipeline) -> Result<Compiled, Error> {
        let first = vk::PipelineExecutableInfoKHR::default().pipeline(pipeline);
        // SAFETY: the pipeline is alive and was created with the flag for statistics; a compute
        // pipeline has one executable, the first.
        let statistics = unsafe { self.executables.get_pipeline_executable_statistics(&first) }?;
        let integers = statistics.iter().filter_map(|one| {
            let is_integer = one.format == vk::PipelineExecutableStatisticFormatKHR::UINT64;
            // SAFETY: `format` shows that the value is this member of the union.
            is_integer.then(|| (text(&one.name), unsafe { one.value.u64 }))
        });
        let statistics = integers.collect();

        // These are ash's raw calls: its wrapper does not accept buffers for the texts.
        let call = self.executables.fp().get_pipeline_executable_internal_representations_khr;
        let (device, mut count) = (self.device.handle(), 0);
        // SAFETY: as above, with the flag for representations; without a buffer only the number is
        // written.
        unsafe { call(device, &first, &mut count, std::ptr::null_mut()) }.result()?;
        let empty = vk::PipelineExecutableInternalRepresentationKHR::default();
        let mut texts = vec![empty; count as usize];
        // SAFETY: there is space for `count` items; without buffers for the texts their sizes are
        // written.
        unsafe { call(device, &first, &mut count, texts.as_mut_ptr()) }.result()?;
        let mut buffers: Vec<Vec<u8>> = texts.iter().map(|one| vec![0; one.data_size]).collect();
        for (one, buffer) in texts.iter_mut().zip(&mut buffers) {
            one.p_data = buffer.as_mut_ptr().cast();
        }
        // SAFETY: each text has a buffer of its size, which outlives the call.
        unsafe { call(device, &first, &mut count, texts.as_mut_ptr()) }.result()?;
        let assembly = texts.iter().position(|one| text(&one.name) == "Assembly");
        let bytes = assembly.and_then(|i| CStr::from_bytes_until_nul(&buffers[i]).ok());
        let assembly = bytes.ok_or("RADV provides no assembly")?.to_string_lossy().into_owned();
        Ok(Compiled { statistics, assembly })
    }
}

impl Drop for NullDevice {
    fn drop(&mut self) {
        // SAFETY: both are alive, objects created from the device are destroyed or abandoned, and
        // neither is used again.
        unsafe {
            self.device.destroy_device(None);
            self.instance.destroy_instance(None);
        }
    }
}

/// A Vulkan name: the bytes up to the first zero, or all.
fn text(name: &[std::ffi::c_char]) -> String {
    let bytes: Vec<u8> = name.iter().map(|c| *c as u8).take_while(|byte| *byte != 0).collect();
    String::from_utf8_lossy(&bytes).into_owned()
}
