using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using ServiceOffices.FunctionApp;
using ServiceOffices.Web;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddServiceOfficesWeb(builder.Configuration);
builder.Services.AddOpenTelemetry().UseFunctionsWorkerDefaults();
builder.AddTelemetryExport(Settings.Read(builder.Configuration).Telemetry, tracing => { });
builder.Build().Run();
