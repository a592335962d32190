/* A stub of NVIDIA's libnvidia-ml.so, for tests on machines without a GPU. Its values are in the
 * file `control` next to the library, one `key=value` per line, and are read at every call:
 * `count`, and for each GPU `N.what` (a number) or `N.what!` (the error code to return).
 * Codes and signatures are those of nvml.h. -DWITHOUT_<NAME> omits a symbol. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SUCCESS = 0, INVALID_ARGUMENT = 2, NOT_FOUND = 6 };
enum { MAX_GPUS = 8 };

/* A handle points to the GPU's element in this array. */
static char gpus[MAX_GPUS];

static int control(const char *key, long long *value)
{
    Dl_info self;
    char path[4096], line[256], *slash;
    size_t length = strlen(key);
    int found = 0;
    FILE *file;

    if (!dladdr((void *)control, &self) || strlen(self.dli_fname) > sizeof path - 16)
        return 0;
    strcpy(path, self.dli_fname);
    slash = strrchr(path, '/');
    strcpy(slash ? slash + 1 : path, "control");
    file = fopen(path, "r");
    if (!file)
        return 0;
    while (!found && fgets(line, sizeof line, file)) {
        if (!strncmp(line, key, length) && line[length] == '=') {
            *value = strtoll(line + length + 1, NULL, 10);
            found = 1;
        }
    }
    fclose(file);
    return found;
}

static int fails(const char *key)
{
    char with_mark[64];
    long long code = SUCCESS;

    snprintf(with_mark, sizeof with_mark, "%s!", key);
    return control(with_mark, &code) ? (int)code : SUCCESS;
}

static int gpu_of(void *device)
{
    return (int)((char *)device - gpus);
}

static int answer(void *device, const char *what, long long *value)
{
    char key[64];
    int code;

    snprintf(key, sizeof key, "%d.%s", gpu_of(device), what);
    code = fails(key);
    if (code == SUCCESS && !control(key, value))
        code = NOT_FOUND;
    return code;
}

#define ANSWER(name, what, type)                       \
    int name(void *device, type *value)                \
    {                                                  \
        long long number = 0;                          \
        int code = answer(device, what, &number);      \
        *value = (type)number;                         \
        return code;                                   \
    }

int nvmlInit_v2(void)
{
    return fails("init");
}

#ifndef WITHOUT_SHUTDOWN
int nvmlShutdown(void)
{
    return SUCCESS;
}
#endif

int nvmlSystemGetDriverVersion(char *version, unsigned length)
{
    snprintf(version, length, "580.82.07");
    return SUCCESS;
}

int nvmlDeviceGetCount_v2(unsigned *count)
{
    long long number = 0;

    control("count", &number);
    *count = (unsigned)number;
    return fails("count");
}

int nvmlDeviceGetHandleByIndex_v2(unsigned index, void **device)
{
    unsigned count;

    nvmlDeviceGetCount_v2(&count);
    if (index >= count || index >= MAX_GPUS)
        return INVALID_ARGUMENT;
    *device = gpus + index;
    return SUCCESS;
}

int nvmlDeviceGetHandleByUUID(const char *uuid, void **device)
{
    unsigned index;
    char key[64];

    if (sscanf(uuid, "GPU-stub-%u", &index) != 1 || index >= MAX_GPUS)
        return NOT_FOUND;
    *device = gpus + index;
    snprintf(key, sizeof key, "%u.handle", index);
    return fails(key);
}

int nvmlDeviceGetUUID(void *device, char *uuid, unsigned length)
{
    snprintf(uuid, length, "GPU-stub-%d", gpu_of(device));
    return SUCCESS;
}

/* As nvml.h has it (nvmlPciInfo_t). */
struct pci_info {
    char legacy[16];
    unsigned domain, bus, device, pci_device_id, pci_subsystem_id;
    char bus_id[32];
};

int nvmlDeviceGetPciInfo_v3(void *device, struct pci_info *pci)
{
    memset(pci, 0, sizeof *pci);
    pci->bus = 0x41 + (unsigned)gpu_of(device);
    pci->pci_device_id = 0x233110de;
    snprintf(pci->bus_id, sizeof pci->bus_id, "00000000:%02X:00.0", pci->bus);
    return SUCCESS;
}

int nvmlDeviceGetName(void *device, char *name, unsigned length)
{
    snprintf(name, length, gpu_of(device) ? "NVIDIA GeForce RTX 4090" : "NVIDIA H100 PCIe");
    return SUCCESS;
}

#ifndef WITHOUT_ENERGY
ANSWER(nvmlDeviceGetTotalEnergyConsumption, "energy", unsigned long long)
#endif
#ifndef WITHOUT_POWER
ANSWER(nvmlDeviceGetPowerUsage, "power", unsigned)
#endif
ANSWER(nvmlDeviceGetArchitecture, "generation", unsigned)
ANSWER(nvmlDeviceGetEnforcedPowerLimit, "limit", unsigned)
ANSWER(nvmlDeviceGetCurrentClocksThrottleReasons, "reasons", unsigned long long)

int nvmlDeviceGetClockInfo(void *device, int type, unsigned *mhz)
{
    long long number = 0;
    int code = type == 1 ? answer(device, "sm", &number) : INVALID_ARGUMENT;

    *mhz = (unsigned)number;
    return code;
}

int nvmlDeviceGetTemperature(void *device, int sensor, unsigned *degrees)
{
    long long number = 0;
    int code = sensor == 0 ? answer(device, "temperature", &number) : INVALID_ARGUMENT;

    *degrees = (unsigned)number;
    return code;
}
