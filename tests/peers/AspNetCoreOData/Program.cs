using Microsoft.AspNetCore.OData;
using Microsoft.AspNetCore.OData.Batch;
using Microsoft.AspNetCore.OData.Query.Expressions;
using Microsoft.OData.ModelBuilder;
using ServiceOffices.Peers.AspNetCoreOData;

// dotnet run --project tests/peers/AspNetCoreOData -c Release -- PORT DATAFILE
// The baseline: the benchmark register at http://127.0.0.1:PORT/odata through Microsoft.AspNetCore.OData over a list.
if (args.Length != 2 || !ushort.TryParse(args[0], out var port))
{
    Console.Error.WriteLine("usage: AspNetCoreOData PORT DATAFILE (a JSON array of offices)");
    return 2;
}

var model = new ODataConventionModelBuilder();
model.EntitySet<Office>("Offices");

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
builder.Services.AddSingleton(OfficeList.Load(args[1]));
builder.Services.AddControllers().AddOData(options => options
    .EnableQueryFeatures(maxTopValue: null)
    .AddRouteComponents("odata", model.GetEdmModel(), services => services
        .AddSingleton<ISearchBinder, OfficeSearch>()
        .AddSingleton<ODataBatchHandler>(new DefaultODataBatchHandler())));

var app = builder.Build();
app.UseODataBatching();
app.UseRouting();
app.MapControllers();
app.Run();
return 0;
