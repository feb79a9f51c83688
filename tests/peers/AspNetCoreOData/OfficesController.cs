using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OData.Query;
using Microsoft.AspNetCore.OData.Routing.Controllers;

namespace ServiceOffices.Peers.AspNetCoreOData;

/// <summary>The controller of the entity set, as in the documentation of the library.</summary>
public sealed class OfficesController(OfficeList offices) : ODataController
{
    [EnableQuery]
    public ActionResult<IQueryable<Office>> Get() => Ok(offices.All.AsQueryable());

    [EnableQuery]
    public IActionResult Get(int key) => offices.Find(key) is { } office ? Ok(office) : NotFound();
}
