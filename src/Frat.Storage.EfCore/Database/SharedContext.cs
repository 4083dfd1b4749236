using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore;

/// <summary>A context of the application's own, whose tables are in FRAT's database.</summary>
internal sealed record SharedContext(Func<DbContext> Create);
