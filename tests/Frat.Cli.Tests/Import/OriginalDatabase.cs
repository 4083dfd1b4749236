using System.Buffers.Binary;
using System.Data.Common;
using System.Text.Json;
using Frat.TestKit;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Frat.Cli.Tests.Import;

/// <summary>
/// A database as the original application makes it: the tables as SQLAlchemy creates them, encodings as numpy writes them.
/// </summary>
internal sealed class OriginalDatabase
{
    private const string Sqlite = """
        CREATE TABLE user (
            id INTEGER NOT NULL,
            name VARCHAR(100) NOT NULL,
            employee_id VARCHAR(50) NOT NULL,
            face_embedding BLOB NOT NULL,
            PRIMARY KEY (id),
            UNIQUE (employee_id)
        );
        CREATE TABLE attendance (
            id INTEGER NOT NULL,
            user_id INTEGER NOT NULL,
            date DATE NOT NULL,
            time TIME NOT NULL,
            status VARCHAR(10),
            PRIMARY KEY (id),
            FOREIGN KEY(user_id) REFERENCES user (id)
        );
        """;

    private const string PostgreSql = """
        CREATE TABLE "user" (
            id SERIAL NOT NULL,
            name VARCHAR(100) NOT NULL,
            employee_id VARCHAR(50) NOT NULL,
            face_embedding BYTEA NOT NULL,
            PRIMARY KEY (id),
            UNIQUE (employee_id)
        );
        CREATE TABLE attendance (
            id SERIAL NOT NULL,
            user_id INTEGER NOT NULL,
            date DATE NOT NULL,
            time TIME WITHOUT TIME ZONE NOT NULL,
            status VARCHAR(10),
            PRIMARY KEY (id),
            FOREIGN KEY(user_id) REFERENCES "user" (id)
        );
        """;

    private readonly Func<DbConnection> _connect;

    private OriginalDatabase(Func<DbConnection> connect) => _connect = connect;

    /// <summary>The five people of Debian's photos, with what dlib itself made of a photo of each.</summary>
    public static IReadOnlyList<(string EmployeeId, string Name, byte[] Encoding, string Photo)> Johns { get; } =
        [.. DebianPhotos.Johns.Select(
            (person, i) => ($"J-{i + 1}", person.Key.Replace('_', ' '), GoldenEncoding(person.Key, person.Value[0]), person.Value[0]))];

    public static OriginalDatabase OfSqlite(string file)
    {
        var database = new OriginalDatabase(() => new SqliteConnection($"Data Source={file};Pooling=False"));
        database.Execute(Sqlite);
        return database;
    }

    public static OriginalDatabase OfPostgreSql(string connectionString)
    {
        var database = new OriginalDatabase(() => new NpgsqlConnection(connectionString + ";Pooling=false"));
        database.Execute(PostgreSql);
        return database;
    }

    /// <summary>numpy's bytes: float64, little-endian.</summary>
    public static byte[] Float64(params IReadOnlyList<double> values)
    {
        var bytes = new byte[values.Count * sizeof(double)];
        for (var i = 0; i < values.Count; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), values[i]);
        }

        return bytes;
    }

    /// <summary>An encoding that dlib might have made, unlike that of any other seed.</summary>
    public static double[] MadeUp(int seed)
    {
        var random = new Random(seed);
        var values = Enumerable.Range(0, 128).Select(_ => (random.NextDouble() * 2) - 1).ToArray();
        var norm = Math.Sqrt(values.Sum(value => value * value));
        return [.. values.Select(value => 1.4 * value / norm)];
    }

    public void AddUser(long id, object? employeeId, object? name, object? embedding) => Execute(
        "INSERT INTO \"user\" (id, employee_id, name, face_embedding) VALUES (@a, @b, @c, @d)", id, employeeId, name, embedding);

    public void AddAttendance(long id, object? userId, object? date, object? time, object? status) => Execute(
        "INSERT INTO attendance (id, user_id, date, time, status) VALUES (@a, @b, @c, @d, @e)", id, userId, date, time, status);

    /// <summary>Adds the five, each with attendance on two days.</summary>
    public void AddJohns()
    {
        var isSqlite = _connect() is SqliteConnection;
        for (var i = 0; i < Johns.Count; i++)
        {
            AddUser(i + 1, Johns[i].EmployeeId, Johns[i].Name, Johns[i].Encoding);
            foreach (var day in (int[])[2, 3])
            {
                // What SQLAlchemy stores on SQLite is text.
                object date = isSqlite ? $"2024-05-{day:00}" : new DateOnly(2024, 5, day);
                object time = isSqlite ? $"08:{i:00}:59.123456" : new TimeOnly(8, i, 59).Add(TimeSpan.FromMicroseconds(123456));
                AddAttendance((i * 2) + day - 1, i + 1, date, time, "Present");
            }
        }
    }

    public void Execute(string sql, params object?[] values)
    {
        using var connection = _connect();
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ($"@{(char)('a' + i)}", values[i] ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }

        command.ExecuteNonQuery();
    }

    private static byte[] GoldenEncoding(string person, string photo)
    {
        var faces = Golden.Of("johns.jsonl", $"johns/{person}/{Path.GetFileName(photo)}").GetProperty("faces");
        return Float64([.. faces[0].GetProperty("encoding").EnumerateArray().Select(value => value.GetDouble())]);
    }
}
