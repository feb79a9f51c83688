using ServiceOffices.Web.Endpoints;

namespace ServiceOffices.FunctionApp.Triggers;

public sealed class DataPackageTrigger(DataPackageEndpoint endpoint)
{
    [Function("DataPackage")]
    public Task RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", "post", "put", "patch", "delete", Route = "datapackage.json")] HttpRequest request) =>
        endpoint.HandleAsync(request.HttpContext);
}
